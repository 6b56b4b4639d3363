package io.murmuration.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.JournalProtocol.DeleteMessagesTo;
import org.apache.pekko.persistence.JournalProtocol.RecoverySuccess;
import org.apache.pekko.persistence.JournalProtocol.ReplayMessages;
import org.apache.pekko.persistence.JournalProtocol.ReplayedMessage;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageFailure;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageRejected;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageSuccess;
import org.apache.pekko.persistence.JournalProtocol.WriteMessages;
import org.apache.pekko.persistence.JournalProtocol.WriteMessagesFailed;
import org.apache.pekko.persistence.JournalProtocol.WriteMessagesSuccessful$;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.jdk.javaapi.CollectionConverters;

/** The cases of the journal part of Pekko's persistence TCK, and of its optional capabilities, each as a test of our own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalContractTest {
    private static final String WRITER = "writer";
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final AtomicInteger ENTITIES = new AtomicInteger();
    private static final long ALL = Long.MAX_VALUE;

    private PluginSystem plugin;
    private String entity = "";
    private TestKit probe;

    @BeforeAll
    void open(@TempDir Path folder) {
        plugin = new PluginSystem(folder);
        probe = new TestKit(plugin.system());
    }

    @AfterAll
    void close() {
        plugin.close();
    }

    @BeforeEach
    void five_events_are_written() {
        probe = new TestKit(plugin.system());
        entity = "entity-" + ENTITIES.incrementAndGet();
        var writer = new TestKit(plugin.system());
        var writes = new ArrayList<AtomicWrite>();
        LongStream.rangeClosed(1, 3)
                .forEach(number -> writes.add(write(event(number, "a-" + number, writer.getRef()))));
        writes.add(write(event(4, "a-4", writer.getRef()), event(5, "a-5", writer.getRef())));
        send(writes);
        probe.expectMsg(WAIT, WriteMessagesSuccessful$.MODULE$);
        LongStream.rangeClosed(1, 5)
                .forEach(number -> assertThat(success(number).payload()).isEqualTo("a-" + number));
    }

    /** Bounds and limits of a replay, and the first and last event that it shall bring (0: none). */
    @ParameterizedTest
    @CsvSource({
        "1, max, max, 1, 5", // all
        "3, max, max, 3, 5", // lower bound
        "1, 3, max, 1, 3", // upper bound
        "1, max, 3, 1, 3", // count limit
        "2, 3, max, 2, 3", // lower and upper bound
        "2, 5, 2, 2, 3", // lower and upper bound and count limit
        "2, 2, max, 2, 2", // equal bounds
        "2, 4, 1, 2, 2", // one event by count
        "2, 4, 0, 0, 0", // a count of none
        "3, 2, max, 0, 0" // lower bound above the upper
    })
    void a_replay_keeps_to_its_bounds_and_tells_the_highest_sequence_number(
            long from, String to, String max, long first, long last) {
        replay(from, number(to), number(max));

        if (first > 0) {
            LongStream.rangeClosed(first, last).forEach(this::expectReplayed);
        }
        probe.expectMsg(WAIT, new RecoverySuccess(5));
    }

    @Test
    void nothing_is_replayed_for_an_entity_that_has_not_written() {
        plugin.journal().tell(new ReplayMessages(0, ALL, ALL, "nobody", probe.getRef()), probe.getRef());

        probe.expectMsg(WAIT, new RecoverySuccess(0));
    }

    @Test
    void deleted_events_are_not_replayed_and_the_command_is_published() {
        var published = new TestKit(plugin.system());
        plugin.system().eventStream().subscribe(published.getRef(), DeleteMessagesTo.class);
        var command = new DeleteMessagesTo(entity, 3, probe.getRef());

        plugin.journal().tell(command, probe.getRef());

        published.expectMsg(WAIT, command);
        probe.expectMsg(WAIT, new DeleteMessagesSuccess(3));
        replay(1, ALL, ALL);
        expectReplayed(4);
        expectReplayed(5);
        probe.expectMsg(WAIT, new RecoverySuccess(5));
        plugin.system().eventStream().unsubscribe(published.getRef());
    }

    @Test
    void the_highest_sequence_number_outlives_the_deletion_of_some_events_and_of_all() {
        plugin.journal().tell(new DeleteMessagesTo(entity, 3, probe.getRef()), probe.getRef());
        probe.expectMsg(WAIT, new DeleteMessagesSuccess(3));
        replay(0, ALL, ALL);
        expectReplayed(4);
        expectReplayed(5);
        probe.expectMsg(WAIT, new RecoverySuccess(5));

        plugin.journal().tell(new DeleteMessagesTo(entity, ALL, probe.getRef()), probe.getRef());
        probe.expectMsg(WAIT, new DeleteMessagesSuccess(ALL));
        replay(0, ALL, ALL);
        probe.expectMsg(WAIT, new RecoverySuccess(5));
    }

    @Test
    void an_event_that_cannot_be_serialized_is_rejected_alone() {
        var unserializable = new Object();

        send(List.of(
                write(event(6, "b-6", ActorRef.noSender())),
                write(event(7, unserializable, ActorRef.noSender())),
                write(event(8, "b-8", ActorRef.noSender()))));

        probe.expectMsg(WAIT, WriteMessagesSuccessful$.MODULE$);
        assertThat(success(6).payload()).isEqualTo("b-6");
        var rejected = probe.expectMsgClass(WAIT, WriteMessageRejected.class);
        assertThat(rejected.message().payload()).isSameAs(unserializable);
        assertThat(rejected.cause()).isInstanceOf(java.io.NotSerializableException.class);
        assertThat(success(8).payload()).isEqualTo("b-8");
        replay(6, ALL, ALL);
        assertThat(replayed(6).payload()).isEqualTo("b-6");
        assertThat(replayed(8).payload()).isEqualTo("b-8");
        probe.expectMsg(WAIT, new RecoverySuccess(8));
    }

    @Test
    void a_writer_goes_on_after_its_last_event_was_rejected() {
        send(List.of(write(event(6, new Object(), ActorRef.noSender()))));
        probe.expectMsg(WAIT, WriteMessagesSuccessful$.MODULE$);
        probe.expectMsgClass(WAIT, WriteMessageRejected.class);

        send(List.of(write(event(7, "b-7", ActorRef.noSender()))));

        probe.expectMsg(WAIT, WriteMessagesSuccessful$.MODULE$);
        assertThat(success(7).payload()).isEqualTo("b-7");
    }

    @Test
    void events_longer_than_an_entry_are_rejected_and_long_batches_are_cut() {
        var longest = "x".repeat(4 * 1024 * 1024);
        var halves = IntStream.rangeClosed(7, 12)
                .mapToObj(number -> write(event(number, "y".repeat(1_200 * 1024), ActorRef.noSender())))
                .toList();
        var writes = new ArrayList<AtomicWrite>(List.of(write(event(6, longest, ActorRef.noSender()))));
        writes.addAll(halves);

        send(writes);

        probe.expectMsg(WAIT, WriteMessagesSuccessful$.MODULE$);
        assertThat(probe.expectMsgClass(WAIT, WriteMessageRejected.class)
                        .message()
                        .sequenceNr())
                .isEqualTo(6);
        LongStream.rangeClosed(7, 12).forEach(this::success);
        replay(6, ALL, ALL);
        LongStream.rangeClosed(7, 12).forEach(this::replayed);
        probe.expectMsg(WAIT, new RecoverySuccess(12));
    }

    @Test
    void a_second_writer_at_the_same_sequence_number_is_refused() {
        send(List.of(write(event(5, "again", ActorRef.noSender()))));

        assertThat(probe.expectMsgClass(WAIT, WriteMessagesFailed.class).cause())
                .isInstanceOf(AppendRefusedException.class);
        assertThat(probe.expectMsgClass(WAIT, WriteMessageFailure.class).cause())
                .isInstanceOf(AppendRefusedException.class);
        replay(5, ALL, ALL);
        expectReplayed(5);
    }

    @Test
    void events_with_references_to_actors_are_serialized() {
        var event = new ReferenceSerializer.Reference(probe.getRef());

        send(List.of(write(event(6, event, ActorRef.noSender()))));

        probe.expectMsg(WAIT, WriteMessagesSuccessful$.MODULE$);
        assertThat(success(6).payload()).isEqualTo(event);
        replay(6, ALL, ALL);
        assertThat(replayed(6).payload()).isEqualTo(event);
        probe.expectMsg(WAIT, new RecoverySuccess(6));
    }

    @Test
    void metadata_and_timestamp_come_back_with_the_event() {
        send(List.of(
                write(event(6, "b-6", ActorRef.noSender()).withMetadata("meta").withTimestamp(1_234))));
        probe.expectMsg(WAIT, WriteMessagesSuccessful$.MODULE$);
        success(6);

        replay(6, 6, 1);

        var replayed = replayed(6);
        assertThat(replayed.metadata().get()).isEqualTo("meta");
        assertThat(replayed.timestamp()).isEqualTo(1_234);
        probe.expectMsg(WAIT, new RecoverySuccess(6));
    }

    private void send(List<AtomicWrite> writes) {
        var messages = CollectionConverters.asScala(
                        writes.stream().map(write -> (PersistentEnvelope) write).toList())
                .toSeq();
        plugin.journal().tell(new WriteMessages(messages, probe.getRef(), 1), probe.getRef());
    }

    private void replay(long from, long to, long max) {
        plugin.journal().tell(new ReplayMessages(from, to, max, entity, probe.getRef()), probe.getRef());
    }

    private PersistentRepr success(long number) {
        var written = probe.expectMsgClass(WAIT, WriteMessageSuccess.class).persistent();
        assertThat(written.sequenceNr()).isEqualTo(number);
        assertThat(written.persistenceId()).isEqualTo(entity);
        return written;
    }

    private void expectReplayed(long number) {
        assertThat(replayed(number).payload()).isEqualTo("a-" + number);
    }

    private PersistentRepr replayed(long number) {
        var replayed = probe.expectMsgClass(WAIT, ReplayedMessage.class).persistent();
        assertThat(replayed.sequenceNr()).isEqualTo(number);
        assertThat(replayed.persistenceId()).isEqualTo(entity);
        assertThat(replayed.writerUuid()).isEqualTo(WRITER);
        assertThat(replayed.manifest()).isEmpty();
        assertThat(replayed.deleted()).isFalse();
        assertThat(replayed.sender()).isEqualTo(ActorRef.noSender());
        return replayed;
    }

    private PersistentRepr event(long number, Object payload, ActorRef sender) {
        return PersistentRepr.apply(payload, number, entity, "", false, sender, WRITER);
    }

    private static AtomicWrite write(PersistentRepr... events) {
        return AtomicWrite.apply(CollectionConverters.asScala(List.of(events)).toSeq());
    }

    private static long number(String number) {
        return number.equals("max") ? Long.MAX_VALUE : Long.parseLong(number);
    }
}
