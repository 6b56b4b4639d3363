package io.murmuration.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.CatalogueNode;
import io.murmuration.journal.LocalCluster;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionConfiguration;
import io.murmuration.protocol.function.FunctionError;
import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.function.FunctionRequest.CreateFunction;
import io.murmuration.protocol.function.FunctionRequest.DeleteFunction;
import io.murmuration.protocol.function.FunctionRequest.ListFunctions;
import io.murmuration.protocol.function.FunctionRequest.UpdateFunctionConfiguration;
import io.murmuration.protocol.function.FunctionRequestCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions in the catalogue of three nodes with real journals. */
@Timeout(120)
class CatalogueFunctionsTest {
    private static final List<Long> NODES = List.of(1L, 2L, 3L);
    private static final byte[] ZIP = Zip.of(Map.of("app.py", "handler = None"));

    private final Path folder;
    private final LocalCluster cluster;
    private final Map<Long, FunctionRegistry> registries = new HashMap<>();

    CatalogueFunctionsTest(@TempDir Path folder) {
        this.folder = folder;
        cluster = new LocalCluster(folder, NODES.size(), 1);
    }

    @BeforeEach
    void start() throws Exception {
        NODES.forEach(this::startRegistry);
        cluster.awaitLeader(0);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void what_one_node_makes_every_node_finds_and_a_restart_of_all_keeps() throws Exception {
        var made = Bench.await(at(1).create(create("bird")));

        for (var node : NODES) {
            assertThat(configuration(node, "bird")).isEqualTo(made);
        }
        for (var node : NODES) {
            cluster.stop(node);
        }
        NODES.forEach(node -> {
            cluster.start(node);
            startRegistry(node);
        });
        cluster.awaitLeader(0);
        assertThat(configuration(3, "bird")).isEqualTo(made);
    }

    @Test
    void of_those_who_make_the_same_at_once_one_succeeds() {
        var asked = new ArrayList<CompletionStage<FunctionConfiguration>>();
        for (int i = 0; i < 12; i++) {
            asked.add(at(1 + i % 3).create(create("one")));
        }

        var failures = new ArrayList<Throwable>();
        for (var each : asked) {
            Bench.await(each.handle((made, failure) -> failure == null || failures.add(failure)));
        }

        assertThat(failures).hasSize(asked.size() - 1).allSatisfy(failure -> assertThat(failure)
                .cause()
                .hasFieldOrPropertyWithValue("error.code", FunctionError.RESOURCE_CONFLICT));
    }

    @Test
    void changes_at_once_are_all_made_unless_they_name_a_revision() {
        var made = Bench.await(at(1).create(create("bird")));
        var first = at(1).updateConfiguration(update("bird", "{\"Timeout\":7}"));
        var second = at(2).updateConfiguration(update("bird", "{\"MemorySize\":512}"));
        Bench.await(first);
        Bench.await(second);

        var both = configuration(3, "bird");
        assertThat(both.timeoutSeconds()).isEqualTo(7);
        assertThat(both.memoryMegabytes()).isEqualTo(512);
        var late = at(3).updateConfiguration(
                        update("bird", "{\"Timeout\":8,\"RevisionId\":\"" + made.revisionId() + "\"}"));
        assertThat(((ServiceException) Bench.failure(late)).error().code()).isEqualTo(FunctionError.REVISION_MISMATCH);
    }

    @Test
    void what_is_deleted_is_found_nowhere() {
        Bench.await(at(1).create(create("bird")));
        Bench.await(at(2).delete(new DeleteFunction(new FunctionName("bird", null))));

        for (var node : NODES) {
            assertThat(Bench.await(at(node).find("bird", "$LATEST"))).isEmpty();
        }
    }

    @Test
    void pages_hold_what_was_made_before_in_the_order_of_names() {
        for (var name : List.of("c", "a", "b")) {
            Bench.await(at(1).create(create(name)));
        }

        var first = Bench.await(at(3).list(new ListFunctions(null, 2)));
        var second = Bench.await(at(2).list(new ListFunctions(first.nextMarker(), 2)));

        assertThat(first.functions()).extracting(FunctionConfiguration::name).containsExactly("a", "b");
        assertThat(second.functions()).extracting(FunctionConfiguration::name).containsExactly("c");
        assertThat(second.nextMarker()).isNull();
    }

    private FunctionConfiguration configuration(long node, String name) {
        return Bench.await(at(node).find(name, "$LATEST")).orElseThrow().configuration();
    }

    private static CreateFunction create(String name) {
        var body = "{\"FunctionName\":\"" + name + "\",\"Runtime\":\"python3.12\",\"Handler\":\"app.handler\","
                + "\"Role\":\"arn:aws:iam::000000000000:role/any\",\"Code\":{\"ZipFile\":\""
                + Base64.getEncoder().encodeToString(ZIP) + "\"}}";
        return (CreateFunction) decode("POST", FunctionRequestCodec.ROOT, body);
    }

    private static UpdateFunctionConfiguration update(String name, String body) {
        return (UpdateFunctionConfiguration)
                decode("PUT", FunctionRequestCodec.ROOT + "/" + name + "/configuration", body);
    }

    private static Object decode(String method, String path, String body) {
        return FunctionRequestCodec.decode(
                method, path, name -> null, name -> null, body.getBytes(StandardCharsets.UTF_8));
    }

    private void startRegistry(long node) {
        var on = cluster.node(node);
        var catalogue = CatalogueNode.start(on.kit().system(), on.journal(), on.links(), Clock.system());
        registries.put(
                node,
                new CatalogueFunctions(
                        catalogue,
                        new CodeAdmission(new MemoryCode(), folder.resolve("uploads"), ForkJoinPool.commonPool()),
                        FunctionSettings.defaults(folder, "http://127.0.0.1:1"),
                        Clock.system(),
                        Chance.secure()));
    }

    private FunctionRegistry at(long node) {
        return Objects.requireNonNull(registries.get(node));
    }
}
