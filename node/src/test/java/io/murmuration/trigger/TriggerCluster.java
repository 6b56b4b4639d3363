package io.murmuration.trigger;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.CatalogueNode;
import io.murmuration.catalogue.Resources;
import io.murmuration.function.queue.FakeFunctions;
import io.murmuration.journal.LocalCluster;
import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.function.mapping.MappingChange;
import io.murmuration.protocol.function.mapping.MappingDescription;
import io.murmuration.protocol.function.mapping.MappingRequest.CreateMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.DeleteMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.GetMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.UpdateMapping;
import io.murmuration.protocol.function.mapping.StartingPosition;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.KeyType;
import io.murmuration.protocol.table.StreamView;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.TableSchema.TableClass;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import io.murmuration.protocol.table.operation.StreamArn;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import io.murmuration.table.TableNode;
import io.murmuration.table.TableSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tables and event source mappings on several nodes over the replicated journal, before functions that do as they are told. */
final class TriggerCluster implements AutoCloseable {
    static final int SHARDS = 4;
    static final String TABLE = "birds";
    private static final int ATTEMPTS_MAX = 60;
    private static final int NODES_MAX = 3;
    private static final TableSettings TABLES = TableSettings.defaults("127.0.0.1:4566");
    private static final TriggerSettings SETTINGS =
            TriggerSettings.defaults().withPauses(Duration.ofMillis(30), Duration.ofMillis(300));

    private final LocalCluster journals;
    private final FakeFunctions functions = new FakeFunctions();
    private final Map<Long, Running> running = new HashMap<>();
    private long cutOff;

    private record Running(Resources catalogue, TableNode tables, Mappings mappings) {}

    TriggerCluster(Path folder, int nodes) throws Exception {
        journals = new LocalCluster(folder, nodes, SHARDS);
        for (var node = 1L; node <= nodes; node++) {
            startOn(journals.node(node));
        }
        awaitLeaders();
    }

    void awaitLeaders() throws Exception {
        for (var group = 0; group <= SHARDS; group++) {
            journals.awaitLeader(group);
        }
    }

    LocalCluster journals() {
        return journals;
    }

    FakeFunctions functions() {
        return functions;
    }

    Set<Long> running() {
        return Set.copyOf(running.keySet());
    }

    void start(long node) {
        startOn(journals.start(node));
    }

    void stop(long node) throws Exception {
        journals.stop(node);
        running.remove(node);
    }

    private void startOn(LocalCluster.Node node) {
        var system = node.kit().system();
        var catalogue = CatalogueNode.start(system, node.journal(), node.links(), Clock.system());
        var tables = TableNode.start(
                system, node.journal(), node.links(), catalogue, TABLES, Clock.system(), Chance.system());
        var mappings = TriggerNode.start(
                system,
                node.journal(),
                node.links(),
                catalogue,
                new TriggerNode.Ends(
                        tables.feed(),
                        functions,
                        function -> CompletableFuture.completedFuture(
                                !function.name().equals("absent"))),
                SETTINGS,
                Clock.system(),
                Chance.system());
        running.put(node.links().self(), new Running(catalogue, tables, mappings));
    }

    // ---- what a client does ----

    StreamArn createTable(StreamView view) {
        var created = (TableReply.TableCreated) ask(
                1,
                new TableRequest.CreateTable(
                                TABLE,
                                new KeyAttribute("p", KeyType.S),
                                null,
                                Billing.BY_REQUEST,
                                TableClass.STANDARD,
                                false,
                                Map.of(),
                                null)
                        .withStream(view));
        var schema = created.table().schema();
        return StreamArn.of(TABLES.arnPrefix() + TABLE, schema);
    }

    void put(String p, long n) {
        put(any(), p, n);
    }

    /** Repeats what was not surely applied: to put twice what is the same makes one record. */
    void put(long node, String p, long n) {
        var request = new TableRequest.PutItem(
                TABLE,
                Map.of("p", new S(p), "n", new N(DynamoNumber.of(n))),
                ExpressionTexts.NONE,
                ReturnValues.NONE,
                false,
                ReturnCapacity.NONE);
        for (var attempt = 0; ; attempt++) {
            try {
                var asked = 1 + (node - 1 + attempt) % NODES_MAX;
                ask(running.containsKey(asked) && asked != cutOff ? asked : any(), request);
                return;
            } catch (CompletionException failed) {
                if (attempt == ATTEMPTS_MAX) {
                    throw failed;
                }
            }
        }
    }

    private TableReply ask(long node, TableRequest request) {
        return at(node).tables()
                .tables()
                .answer(request, deadline())
                .toCompletableFuture()
                .join();
    }

    MappingDescription create(StreamArn source, String function, StartingPosition start, MappingChange change) {
        return join(at(any())
                .mappings()
                .create(new CreateMapping(new FunctionName(function, null), source, start, true, change), deadline()));
    }

    MappingDescription get(String id) {
        return join(at(any()).mappings().get(new GetMapping(id), deadline()));
    }

    MappingDescription update(String id, @Nullable Boolean enabled, MappingChange change) {
        return join(at(any()).mappings().update(new UpdateMapping(id, null, enabled, change), deadline()));
    }

    MappingDescription delete(String id) {
        return join(at(any()).mappings().delete(new DeleteMapping(id), deadline()));
    }

    Mappings mappings(long node) {
        return at(node).mappings();
    }

    Resources resources() {
        return at(any()).catalogue();
    }

    static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    static long deadline() {
        return Clock.system().nanos() + TimeUnit.SECONDS.toNanos(10);
    }

    /** A node that hears the others. */
    long any() {
        return running.keySet().stream()
                .filter(node -> node != cutOff)
                .findFirst()
                .orElseThrow();
    }

    /** From now on the node hears nobody, and clients do not ask it. */
    void cutOff(long node) {
        cutOff = node;
        journals.network().isolate(node);
    }

    void heal() {
        cutOff = 0;
        journals.network().heal();
    }

    private Running at(long node) {
        var found = running.get(node);
        if (found == null) {
            throw new IllegalStateException("node " + node + " does not run");
        }
        return found;
    }

    @Override
    public void close() throws Exception {
        journals.close();
    }
}
