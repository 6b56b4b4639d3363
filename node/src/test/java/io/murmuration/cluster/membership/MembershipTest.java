package io.murmuration.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.murmuration.MostlyWaits;
import io.murmuration.base.CborMessage;
import io.murmuration.base.Clock;
import io.murmuration.cluster.Leadership;
import io.murmuration.cluster.LocalLinks;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@MostlyWaits
class MembershipTest {
    private static final EntityTypeKey<WhereAreYou> PERCHED = EntityTypeKey.create(WhereAreYou.class, "perched");

    private final LocalLinks.Network network = new LocalLinks.Network(List.of(1L, 2L, 3L));
    private final Map<Long, Node> nodes = new HashMap<>();
    private volatile long leader = 2;
    private Duration heartbeatPause = Duration.ofMillis(1500);

    record WhereAreYou(ActorRef<Here> replyTo) implements CborMessage {}

    record Here(long node) implements CborMessage {}

    private record Node(ActorSystem<Void> system, Membership membership, AtomicBoolean startsAgain) {
        int members() {
            return Members.addresses(Cluster.get(system)).size();
        }
    }

    @AfterEach
    void end() {
        nodes.values().forEach(node -> node.system().terminate());
        nodes.values()
                .forEach(node ->
                        node.system().getWhenTerminated().toCompletableFuture().join());
    }

    @Test
    void three_nodes_find_each_other_and_a_killed_one_is_replaced_by_its_next_process() {
        List.of(1L, 2L, 3L).forEach(this::start);
        nodes.values().forEach(node -> await(() -> node.membership().isUp() && node.members() == 3));

        kill(2L);
        leader = 3;
        await(() -> node(3).members() == 2 && node(1).members() == 2);
        for (int entity = 0; entity < 20; entity++) {
            assertThat(where(1, "e" + entity)).isIn(1L, 3L);
        }

        start(2L);
        nodes.values().forEach(node -> await(() -> node.membership().isUp() && node.members() == 3));
        kill(2L);
        start(2L); // before anybody missed it
        nodes.values().forEach(node -> await(() -> node.membership().isUp() && node.members() == 3));
        assertThat(where(2, "e1")).isIn(1L, 2L, 3L);
    }

    @Test
    void a_node_that_ended_is_removed_although_Pekko_would_still_wait_for_its_heartbeats() {
        heartbeatPause = Duration.ofMinutes(10);
        List.of(1L, 2L, 3L).forEach(this::start);
        nodes.values().forEach(node -> await(() -> node.membership().isUp() && node.members() == 3));

        kill(3L);

        for (long node : List.of(1L, 2L)) {
            await(() -> members(node).size() == 2);
        }
    }

    /** With those that were taken out and are not removed yet. */
    private Set<Member> members(long node) {
        var members = new HashSet<Member>();
        Cluster.get(node(node).system()).state().getMembers().forEach(members::add);
        return members;
    }

    @Test
    void a_node_that_was_cut_off_for_long_starts_again() {
        List.of(1L, 2L, 3L).forEach(this::start);
        nodes.values().forEach(node -> await(() -> node.membership().isUp() && node.members() == 3));

        network.isolate(1);
        await(() -> node(2).members() == 2);
        // Pekko's own connections are whole here, so that it may have learnt of it already
        network.heal();

        await(() -> node(1).startsAgain().get());
        assertThat(node(2).startsAgain()).isFalse();
        assertThat(node(3).startsAgain()).isFalse();
    }

    private Node node(long node) {
        return Objects.requireNonNull(nodes.get(node));
    }

    private void start(long node) {
        var config = Membership.config(node)
                .withFallback(ConfigFactory.parseMap(
                        Map.of("pekko.cluster.failure-detector.acceptable-heartbeat-pause", heartbeatPause)))
                .withFallback(ConfigFactory.parseResources("murmuration-node.conf"))
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
        var system = ActorSystem.<Void>create(Behaviors.empty(), "murmuration", config);
        var startsAgain = new AtomicBoolean();
        var membership =
                Membership.start(system, network.join(node), new Led(), () -> startsAgain.set(true), Clock.system());
        ClusterSharding.get(system)
                .init(Entity.of(
                        PERCHED,
                        created -> Behaviors.receiveMessage(asked -> {
                            asked.replyTo().tell(new Here(node));
                            return Behaviors.same();
                        })));
        nodes.put(node, new Node(system, membership, startsAgain));
    }

    /** As a process that ends: nobody is told by its actor system. */
    private void kill(long node) {
        network.leave(node);
        var killed = node(node).system();
        killed.terminate();
        killed.getWhenTerminated().toCompletableFuture().join();
    }

    private long where(long from, String entity) {
        var system = node(from).system();
        while (true) {
            try {
                return ClusterSharding.get(system)
                        .entityRefFor(PERCHED, entity)
                        .ask(WhereAreYou::new, Duration.ofSeconds(3))
                        .toCompletableFuture()
                        .join()
                        .node();
            } catch (CompletionException notYet) {
                assertThat(notYet).hasCauseInstanceOf(TimeoutException.class);
            }
        }
    }

    private static void await(BooleanSupplier reached) {
        while (!reached.getAsBoolean()) {
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException timedOut) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(timedOut);
            }
        }
    }

    private final class Led implements Leadership {
        @Override
        public int groups() {
            return 1;
        }

        @Override
        public long leaderOf(int group) {
            return leader;
        }

        @Override
        public void hint(int group, long leads) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Long> replicasOf(int group) {
            return List.of(1L, 2L, 3L);
        }

        @Override
        public void onOffice(Consumer<OfficeChange> listener) {
            throw new UnsupportedOperationException();
        }
    }
}
