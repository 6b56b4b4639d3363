package io.murmuration.table;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.Catalogue;
import io.murmuration.catalogue.CatalogueNode;
import io.murmuration.cluster.LocalLinks;
import io.murmuration.journal.entity.FakeJournal;
import io.murmuration.journal.entity.FakePersistence;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.KeyType;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.TableSchema.TableClass;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;

/** Tables on one node over a journal in memory. */
final class OneNode implements AutoCloseable {
    private static final long SELF = 1;
    static final int SHARDS = 4;

    private final ActorTestKit kit;
    private final FakeJournal journal;
    private final Catalogue catalogue;
    private final Tables tables;

    OneNode(String name) {
        journal = new FakeJournal(name, SHARDS + 1);
        kit = ActorTestKit.create(name, FakePersistence.config());
        var links = new LocalLinks.Network(List.of(SELF)).join(SELF);
        catalogue = CatalogueNode.start(kit.system(), journal, links, Clock.system());
        tables = TableNode.start(
                kit.system(),
                journal,
                links,
                catalogue,
                TableSettings.defaults("127.0.0.1:4566"),
                Clock.system(),
                Chance.system());
    }

    FakeJournal journal() {
        return journal;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    TestProbe<Object> probe() {
        return kit.createTestProbe();
    }

    /** The reply; fails with {@link ServiceException}. */
    TableReply ask(TableRequest request) {
        return result(tables.answer(
                request, Clock.system().nanos() + Duration.ofSeconds(5).toNanos()));
    }

    /** The reply, or the {@link ServiceError} of a refusal. */
    Object outcome(TableRequest request) {
        try {
            return ask(request);
        } catch (ServiceException refused) {
            return refused.error();
        }
    }

    static <T> T result(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ServiceException refused) {
                throw refused;
            }
            throw failed;
        }
    }

    /** Makes a table with partition key {@code p}, a string, and sort key {@code s}, a number. */
    void createTable(String name) {
        ask(create(name, false));
    }

    static TableRequest create(String name, boolean deletionProtection) {
        return new TableRequest.CreateTable(
                name,
                new KeyAttribute("p", KeyType.S),
                new KeyAttribute("s", KeyType.N),
                Billing.BY_REQUEST,
                TableClass.STANDARD,
                deletionProtection,
                Map.of());
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
