package io.murmuration.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.consensus.Effects.Role;
import io.murmuration.consensus.Message.VoteReply;
import io.murmuration.consensus.Message.VoteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Rule 9 (c) of docs/safety.md: a candidate that forgot its candidacy is a candidate of the same term again. */
class SecondLifeTest {
    private static final long L = 1;
    private static final long B = 2;
    private static final long D = 3;
    private static final long C = 4;
    private static final long R = 5;
    private static final Voters FIVE = Voters.of(List.of(L, B, D, C, R));

    private final Map<Long, Replica> replicas = new TreeMap<>();
    private final List<Message> network = new ArrayList<>();
    private long lives;
    private long now;

    /** With a fast disk. */
    private final class Replica {
        private final MemoryView view = new MemoryView();
        private final Raft raft;

        private Replica(long id, HardState hardState, long damage) {
            view.persist(List.of(FIVE.firstEntry()));
            raft = Raft.start(RaftOptions.defaults(id), hardState, view, null, 0, damage, now, ++lives);
        }

        private void step(Input input) {
            var effects = raft.step(input);
            view.persist(effects.append());
            network.addAll(effects.send());
            network.addAll(effects.sendOncePersisted());
            if (effects.mustPersist()) {
                step(new Input.Persisted(effects.step()));
            }
        }
    }

    @Test
    void a_vote_that_its_first_life_was_given_does_not_count_in_its_second() {
        for (var id : FIVE.voters()) {
            replicas.put(id, new Replica(id, new HardState(4, HardState.NOBODY), 0));
        }
        pass(2_000);
        deliver(message -> true);
        assertThat(leaders(5)).containsExactly(L);

        replica(L).step(new Input.Transfer(C));
        deliver(message -> message instanceof Message.CampaignNow);
        deliver(message -> message instanceof VoteRequest && message.to() == R);
        var late = take(message -> message instanceof VoteReply reply && reply.granted());
        assertThat(late.from()).isEqualTo(R);
        assertThat(late.term()).isEqualTo(6);
        network.clear();

        replicas.put(C, new Replica(C, HardState.NEW, 77));
        replicas.put(R, new Replica(R, HardState.NEW, 78));
        for (var i = 0; i < 5; i++) {
            pass(150);
            deliver(message -> !(message instanceof Message.CampaignNow));
        }
        network.clear();
        assertThat(leaders(5)).containsExactly(L);
        assertThat(replica(C).raft.damaged()).isFalse();
        assertThat(replica(R).raft.damaged()).isFalse();

        campaign(C, B);
        assertThat(replica(C).raft.office().role()).isEqualTo(Role.CANDIDATE);
        campaign(D, L, R);
        assertThat(leaders(6)).containsExactly(D);

        replica(C).step(new Input.Received(late));
        assertThat(leaders(6)).containsExactly(D);
    }

    /** Its leader has it campaign, and only these hear of it. */
    private void campaign(long candidate, Long... voters) {
        replica(L).step(new Input.Transfer(candidate));
        deliver(message -> message instanceof Message.CampaignNow && message.to() == candidate);
        deliver(message -> message instanceof VoteRequest
                && message.from() == candidate
                && List.of(voters).contains(message.to()));
        deliver(message -> message instanceof VoteReply && message.to() == candidate);
        network.clear();
    }

    /** Only the leader's clock matters; the others hear it. */
    private void pass(long millis) {
        now += millis;
        replica(L).step(new Input.Tick(now));
    }

    private void deliver(Predicate<Message> wanted) {
        while (network.stream().anyMatch(wanted)) {
            var message = take(wanted);
            replica(message.to()).step(new Input.Received(message));
        }
    }

    private Message take(Predicate<Message> wanted) {
        var message = network.stream().filter(wanted).findFirst().orElseThrow();
        network.remove(message);
        return message;
    }

    private List<Long> leaders(long term) {
        return replicas.entrySet().stream()
                .filter(each -> each.getValue().raft.office().role() == Role.LEADER
                        && each.getValue().raft.office().term() == term)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Replica replica(long id) {
        return Objects.requireNonNull(replicas.get(id));
    }
}
