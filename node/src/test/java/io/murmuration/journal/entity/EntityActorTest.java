package io.murmuration.journal.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.NoQuorumException;
import io.murmuration.journal.NotLeaderException;
import io.murmuration.journal.OutcomeUnknownException;
import io.murmuration.journal.RowChange;
import io.murmuration.journal.Rows;
import io.murmuration.journal.RowsReplacedException;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ErrorCode;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.ActorRefWithCell;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class EntityActorTest {
    private static final String ID = "counter@1";
    private static final byte[] ROW = {'n'};

    /** A counter: a request adds to it and is answered with the sum; 0 reads it, a negative number breaks the rules. */
    private record Counter() implements Entity<Long, Long> {
        @Override
        public String persistenceId() {
            return ID;
        }

        @Override
        public Decision<Long> decide(Rows rows, List<Long> batch, int changesBytesMax) {
            var stored = rows.get(ROW);
            var before = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
            var sum = before;
            var replies = new ArrayList<Long>();
            for (var add : batch.subList(0, Math.min(batch.size(), changesBytesMax))) {
                if (add < 0) {
                    throw new IllegalStateException("broken");
                }
                sum += add;
                replies.add(sum);
            }
            var changes = sum == before ? List.<RowChange>of() : List.of(new RowChange(ROW, bytes(sum)));
            return new Decision<>(changes, replies);
        }
    }

    private ActorTestKit kit;
    private FakeJournal journal;
    private HandClock clock;
    private TestProbe<Answer<Long>> caller;

    @BeforeEach
    void start(TestInfo test) {
        var name = "entity-" + test.getTestMethod().orElseThrow().getName().replace('_', '-');
        journal = new FakeJournal(name, 2);
        clock = new HandClock();
        kit = ActorTestKit.create(name, FakePersistence.config());
        caller = kit.createTestProbe();
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void requests_that_wait_while_a_batch_is_in_flight_ride_on_the_next_one() {
        var host = host(settings(10, 100));
        journal.holdWrites();

        ask(host, 1);
        caller.awaitAssert(() -> assertThat(journal.writes()).isEqualTo(1));
        ask(host, 2);
        ask(host, 3);
        caller.expectNoMessage(Duration.ZERO);
        journal.releaseWrites();

        assertThat(List.of(decided(), decided(), decided())).containsExactly(1L, 3L, 6L);
        assertThat(journal.writes()).isEqualTo(2);
    }

    @Test
    void what_exceeds_the_bound_of_a_batch_is_decided_by_the_next() {
        var host = host(settings(10, 2));
        journal.holdWrites();

        ask(host, 1);
        caller.awaitAssert(() -> assertThat(journal.writes()).isEqualTo(1));
        for (var i = 0; i < 5; i++) {
            ask(host, 1);
        }
        journal.releaseWrites();

        assertThat(List.of(decided(), decided(), decided(), decided(), decided(), decided()))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(journal.writes()).isEqualTo(4);
    }

    @Test
    void a_decision_without_events_waits_for_a_barrier() {
        var host = host(settings(10, 100));
        ask(host, 7);
        decided();
        journal.holdBarriers();

        ask(host, 0);
        caller.awaitAssert(() -> assertThat(journal.barriers()).isEqualTo(1));
        caller.expectNoMessage(Duration.ZERO);
        journal.releaseBarriers(null);

        assertThat(decided()).isEqualTo(7);
        assertThat(journal.writes()).isEqualTo(1);
    }

    @Test
    void a_decision_without_events_is_made_anew_if_somebody_wrote_before_its_barrier_was_through() {
        var host = host(settings(10, 100));
        ask(host, 7);
        decided();
        journal.holdBarriers();

        ask(host, 0);
        caller.awaitAssert(() -> assertThat(journal.barriers()).isEqualTo(1));
        journal.writeElsewhere(ID, List.of(new RowChange(ROW, bytes(50))));
        journal.releaseBarriers(null);

        assertThat(decided()).isEqualTo(50);
    }

    @Test
    void a_decision_without_events_whose_barrier_fails_is_surely_not_applied() {
        var host = host(settings(10, 100));
        journal.holdBarriers();

        ask(host, 0);
        caller.awaitAssert(() -> assertThat(journal.barriers()).isEqualTo(1));
        journal.releaseBarriers(new NoQuorumException("no majority"));

        assertThat(refusal()).isEqualTo(CommonError.UNAVAILABLE);
    }

    @Test
    void rows_that_another_incarnation_wrote_make_it_recover_and_decide_over_them() {
        var host = host(settings(10, 100));
        ask(host, 7);
        decided();
        journal.writeElsewhere(ID, List.of(new RowChange(ROW, bytes(50))));

        ask(host, 1);

        assertThat(decided()).isEqualTo(51);
    }

    @Test
    void a_write_that_failed_with_an_unknown_outcome_is_answered_so_and_the_next_one_decided_over_the_rows() {
        var host = host(settings(10, 100));
        ask(host, 7);
        decided();
        journal.failNextWrite(new OutcomeUnknownException("it may yet commit"));

        ask(host, 1);
        assertThat(caller.receiveMessage()).isEqualTo(new Answer.Unknown<>());
        ask(host, 2);

        assertThat(decided()).isEqualTo(9);
    }

    @Test
    void a_write_that_the_journal_refused_as_not_leading_is_answered_with_the_leader() {
        var host = host(settings(10, 100));
        journal.failNextWrite(new NotLeaderException(3));

        ask(host, 1);

        assertThat(caller.receiveMessage()).isEqualTo(new Answer.NotLeader<>(3));
    }

    @Test
    void rules_that_break_apply_nothing_and_the_entity_goes_on() {
        var host = host(settings(10, 100));

        ask(host, -1);
        assertThat(refusal()).isEqualTo(CommonError.INTERNAL);
        ask(host, 2);

        assertThat(decided()).isEqualTo(2);
    }

    @Test
    void rows_that_cannot_be_read_before_a_decision_apply_nothing_and_the_entity_goes_on() {
        var host = host(settings(10, 100));
        ask(host, 7);
        decided();
        journal.rows(1).failNextRead(new RowsReplacedException(1));

        ask(host, 1);
        assertThat(refusal()).isEqualTo(CommonError.INTERNAL);
        ask(host, 2);

        assertThat(decided()).isEqualTo(9);
    }

    @Test
    void rows_that_cannot_be_read_after_a_barrier_leave_nobody_unanswered() {
        var host = host(settings(10, 100));
        ask(host, 7);
        decided();
        journal.holdBarriers();

        ask(host, 0);
        caller.awaitAssert(() -> assertThat(journal.barriers()).isEqualTo(1));
        journal.rows(1).failNextRead(new RowsReplacedException(1));
        journal.releaseBarriers(null);
        assertThat(refusal()).isEqualTo(CommonError.UNAVAILABLE);
        ask(host, 2);

        assertThat(decided()).isEqualTo(9);
    }

    @Test
    void one_more_than_may_wait_is_throttled() {
        var host = host(settings(2, 100));
        journal.holdWrites();

        ask(host, 1);
        caller.awaitAssert(() -> assertThat(journal.writes()).isEqualTo(1));
        ask(host, 1);
        ask(host, 1);
        ask(host, 1);

        assertThat(refusal()).isEqualTo(CommonError.THROTTLING);
        journal.releaseWrites();
        assertThat(List.of(decided(), decided(), decided())).containsExactly(1L, 2L, 3L);
    }

    @Test
    void at_the_deadline_whoever_waits_was_surely_not_applied_and_whoever_is_in_flight_is_unknown() {
        var host = host(settings(10, 100));
        journal.holdWrites();
        ask(host, 1);
        caller.awaitAssert(() -> assertThat(journal.writes()).isEqualTo(1));
        ask(host, 1);

        clock.advance(Duration.ofSeconds(2));

        assertThat(List.of(caller.receiveMessage(), caller.receiveMessage()))
                .hasAtLeastOneElementOfType(Answer.NotApplied.class)
                .hasAtLeastOneElementOfType(Answer.Unknown.class);
        journal.releaseWrites();
        caller.expectNoMessage(Duration.ZERO);
    }

    @Test
    void a_lost_office_refuses_who_waits_and_still_answers_who_is_in_flight() {
        var host = host(settings(10, 100));
        journal.holdWrites();
        ask(host, 1);
        caller.awaitAssert(() -> assertThat(journal.writes()).isEqualTo(1));
        ask(host, 2);

        journal.office(1, false);
        assertThat(caller.receiveMessage()).isEqualTo(new Answer.NotLeader<>(1));
        ask(host, 3);
        assertThat(caller.receiveMessage()).isEqualTo(new Answer.NotLeader<>(1));
        journal.releaseWrites();
        assertThat(decided()).isEqualTo(1);

        journal.office(1, true);
        ask(host, 4);
        assertThat(decided()).isEqualTo(5);
    }

    @Test
    void an_entity_that_was_idle_for_long_is_stopped_and_the_next_request_starts_it_anew() {
        var host = host(settings(10, 100, Duration.ofMillis(1)));
        ask(host, 1);
        decided();

        caller.awaitAssert(() -> assertThat(children(host)).isZero());
        ask(host, 2);

        assertThat(decided()).isEqualTo(3);
    }

    @Test
    void an_entity_whose_log_could_not_start_is_stopped_too() {
        var host = host(settings(10, 100, Duration.ofMillis(1)));
        journal.failNextWrite(new NoQuorumException("no majority"));
        ask(host, 1);
        refusal();

        caller.awaitAssert(() -> assertThat(children(host)).isZero());
    }

    @Test
    void a_released_entity_goes_at_once_and_no_request_meets_its_end() {
        var host = host(settings(1_000, 100));
        for (var i = 0; i < 300; i++) {
            ask(host, 1);
            if (i % 3 == 0) {
                assertThat(decided()).isPositive();
            }
            host.tell(new EntityHost.Release<>(ID));
        }
        var last = 0L;
        for (var i = 0; i < 200; i++) {
            last = decided();
        }

        assertThat(last).isEqualTo(300);
        host.tell(new EntityHost.Release<>(ID));
        caller.awaitAssert(() -> assertThat(children(host)).isZero());
    }

    private static int children(ActorRef<?> actor) {
        var cell = ((ActorRefWithCell) Adapter.toClassic(actor)).underlying();
        return cell.childrenRefs().children().size();
    }

    private static EntitySettings settings(int waitingMax, int changesMax) {
        return settings(waitingMax, changesMax, Duration.ofMinutes(2));
    }

    private static EntitySettings settings(int waitingMax, int changesMax, Duration idleMax) {
        return new EntitySettings(waitingMax, 1_000, 100, changesMax, Duration.ofMillis(64), idleMax);
    }

    private ActorRef<EntityHost.Message<Long, Long>> host(EntitySettings settings) {
        var host = kit.spawn(EntityHost.<Long, Long>create(journal, 1, settings, clock));
        caller.awaitAssert(() -> assertThat(journal.watched()).isTrue());
        return host;
    }

    private void ask(ActorRef<EntityHost.Message<Long, Long>> host, long add) {
        var deadline = clock.nanos() + Duration.ofSeconds(1).toNanos();
        host.tell(new EntityHost.Request<>(new Counter(), add, 1, deadline, caller.ref()));
    }

    private long decided() {
        return ((Answer.Decided<Long>) caller.receiveMessage()).reply();
    }

    private ErrorCode refusal() {
        return ((Answer.NotApplied<Long>) caller.receiveMessage()).error().code();
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
