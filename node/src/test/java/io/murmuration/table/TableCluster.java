package io.murmuration.table;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.CatalogueNode;
import io.murmuration.journal.LocalCluster;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.operation.StreamReply;
import io.murmuration.protocol.table.operation.StreamRequest;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Tables on several nodes over the replicated journal: real stores, real replicas, links within the process. */
final class TableCluster implements AutoCloseable {
    static final int SHARDS = 4;
    private static final int ATTEMPTS_MAX = 20;

    private final LocalCluster journals;
    private final TableSettings settings;
    private final Map<Long, TableNode> tables = new HashMap<>();

    /** Each shard has three replicas, if there are as many nodes. Every group has its leader when this returns. */
    TableCluster(Path folder, int nodes) throws Exception {
        this(folder, nodes, TableSettings.defaults("127.0.0.1:4566"));
    }

    TableCluster(Path folder, int nodes, TableSettings settings) throws Exception {
        this.settings = settings;
        journals = new LocalCluster(folder, nodes, SHARDS);
        for (var node = 1L; node <= nodes; node++) {
            startTables(journals.node(node));
        }
        for (var group = 0; group <= SHARDS; group++) {
            journals.awaitLeader(group);
        }
    }

    LocalCluster journals() {
        return journals;
    }

    void start(long node) {
        startTables(journals.start(node));
    }

    void stop(long node) throws Exception {
        journals.stop(node);
        tables.remove(node);
    }

    Set<Long> running() {
        return tables.keySet();
    }

    private void startTables(LocalCluster.Node node) {
        var system = node.kit().system();
        var catalogue = CatalogueNode.start(system, node.journal(), node.links(), Clock.system());
        tables.put(
                node.links().self(),
                TableNode.start(
                        system, node.journal(), node.links(), catalogue, settings, Clock.system(), Chance.system()));
    }

    CompletableFuture<TableReply> send(long node, TableRequest request) {
        var at = tables.get(node);
        if (at == null) {
            throw new IllegalStateException("node " + node + " does not run");
        }
        var deadline = Clock.system().nanos() + Duration.ofSeconds(5).toNanos();
        return at.tables().answer(request, deadline).toCompletableFuture();
    }

    StreamReply ask(long node, StreamRequest request) {
        var at = tables.get(node);
        if (at == null) {
            throw new IllegalStateException("node " + node + " does not run");
        }
        var deadline = Clock.system().nanos() + Duration.ofSeconds(5).toNanos();
        return at.streams()
                .answer(request, deadline, reply -> reply, Runnable::run)
                .toCompletableFuture()
                .join();
    }

    TableReply ask(long node, TableRequest request) {
        return send(node, request).join();
    }

    /** Repeats what was surely not applied, or may be repeated without harm, as a client does. */
    TableReply until(long node, TableRequest request) {
        for (var attempt = 0; ; attempt++) {
            try {
                return ask(node, request);
            } catch (CompletionException failed) {
                if (refusal(failed) == null || attempt == ATTEMPTS_MAX) {
                    throw failed;
                }
            }
        }
    }

    static @Nullable ErrorCode refusal(@Nullable Throwable failure) {
        return failure != null && Partitions.cause(failure) instanceof ServiceException refused
                ? refused.error().code()
                : null;
    }

    @Nullable
    Map<String, AttributeValue> item(long node, String p, boolean consistent) {
        return ((TableReply.ItemRead) ask(node, Birds.get(p, consistent))).item();
    }

    /** The partition keys that a scan finds, page by page. */
    Set<String> scan(long node, int limit) {
        var found = new TreeSet<String>();
        @Nullable Map<String, AttributeValue> from = null;
        do {
            var page = (TableReply.ItemsRead) until(node, Birds.scan(from, limit, true));
            if (page.items() != null) {
                page.items().forEach(item -> found.add(((S) item.getOrDefault("p", new S(""))).value()));
            }
            from = page.lastKey();
        } while (from != null);
        return found;
    }

    @Override
    public void close() throws Exception {
        journals.close();
    }
}
