package io.murmuration.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Outcome;
import io.murmuration.journal.LocalCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue's resources on three nodes with real journals. */
class ResourcesTest {
    private static final List<Long> NODES = List.of(1L, 2L, 3L);

    private final LocalCluster cluster;
    private final Map<Long, Resources> catalogues = new HashMap<>();

    ResourcesTest(@TempDir Path folder) {
        cluster = new LocalCluster(folder, NODES.size(), 1);
    }

    @BeforeEach
    void start() throws Exception {
        NODES.forEach(this::startCatalogue);
        cluster.awaitLeader(0);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void what_one_node_makes_every_node_finds() throws Exception {
        for (var node : NODES) {
            get(at(node).put(Kind.BUCKET, "bucket-" + node, 0, new byte[] {node.byteValue()}, deadline()));
        }

        for (var node : NODES) {
            assertThat(at(node).list(Kind.BUCKET, null, 9).stream().map(Resources.Resource::name))
                    .containsExactly("bucket-1", "bucket-2", "bucket-3");
            assertThat(at(node).find(Kind.BUCKET, "bucket-2").orElseThrow().content())
                    .containsExactly(2);
            assertThat(at(node).find(Kind.FUNCTION, "bucket-2")).isEmpty();
        }
    }

    @Test
    void of_those_who_make_the_same_at_once_one_succeeds() throws Exception {
        var asked = new ArrayList<CompletionStage<Outcome>>();
        for (var i = 0; i < 30; i++) {
            asked.add(at(1 + i % 3).put(Kind.API, "one", 0, new byte[] {(byte) i}, deadline()));
        }

        var made = 0;
        for (var each : asked) {
            made += get(each) instanceof Outcome.Changed ? 1 : 0;
        }
        assertThat(made).isEqualTo(1);
    }

    @Test
    void it_survives_the_end_of_the_node_that_leads_and_of_all() throws Exception {
        var made = (Outcome.Changed) get(at(1).put(Kind.FUNCTION, "count", 0, new byte[] {1}, deadline()));
        var leader = cluster.awaitLeader(0);
        var gone = leader.links().self();
        cluster.stop(gone);
        var left = NODES.stream().filter(node -> node != gone).toList();
        cluster.awaitLeader(0);

        var replaced = get(at(left.getFirst())
                .put(Kind.FUNCTION, "count", made.resource().revision(), new byte[] {2}, deadline()));
        assertThat(replaced).isInstanceOf(Outcome.Changed.class);
        for (var node : left) {
            cluster.stop(node);
        }
        NODES.forEach(node -> {
            cluster.start(node);
            startCatalogue(node);
        });
        cluster.awaitLeader(0);

        for (var node : NODES) {
            get(at(node).confirm(deadline()));
            assertThat(at(node).find(Kind.FUNCTION, "count").orElseThrow().content())
                    .containsExactly(2);
        }
    }

    @Test
    void what_is_too_large_is_refused_before_it_is_proposed() {
        assertThatThrownBy(() -> at(1).put(Kind.API, "a", 0, new byte[Resources.CONTENT_BYTES_MAX + 1], deadline()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> at(1).put(Kind.API, "a".repeat(Resources.NAME_CHARS_MAX + 1), 0, new byte[0], deadline()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void startCatalogue(long node) {
        var on = cluster.node(node);
        catalogues.put(node, CatalogueNode.start(on.kit().system(), on.journal(), on.links(), Clock.system()));
    }

    private Resources at(long node) {
        var resources = catalogues.get(node);
        if (resources == null) {
            throw new IllegalStateException("node " + node + " has no catalogue");
        }
        return resources;
    }

    private static long deadline() {
        return System.nanoTime() + Duration.ofSeconds(20).toNanos();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
