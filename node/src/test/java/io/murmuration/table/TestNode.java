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
import java.util.function.UnaryOperator;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;

/** Tables on a node over a journal in memory: one that leads all shards, or another beside it that has to ask the first. */
final class TestNode implements AutoCloseable {
    static final int SHARDS = 4;
    private static final long LEADER = 1;
    private static final long FOLLOWER = 2;

    private final ActorTestKit kit;
    private final FakeJournal journal;
    private final LocalLinks.Network network;
    private final Catalogue catalogue;
    private final Tables tables;

    private TestNode(
            String name, FakeJournal journal, LocalLinks.Network network, long self, UnaryOperator<Catalogue> view) {
        this.kit = ActorTestKit.create(name, FakePersistence.config());
        this.journal = journal;
        this.network = network;
        var links = network.join(self);
        this.catalogue = view.apply(CatalogueNode.start(kit.system(), journal, links, Clock.system()));
        this.tables = TableNode.start(
                        kit.system(),
                        journal,
                        links,
                        catalogue,
                        TableSettings.defaults("127.0.0.1:4566"),
                        Clock.system(),
                        Chance.system())
                .tables();
    }

    static TestNode leading(String name) {
        var network = new LocalLinks.Network(List.of(LEADER, FOLLOWER));
        return new TestNode(name, new FakeJournal(name, SHARDS + 1), network, LEADER, UnaryOperator.identity());
    }

    static TestNode following(TestNode leader, String name) {
        return following(leader, name, UnaryOperator.identity());
    }

    static TestNode following(TestNode leader, String name, UnaryOperator<Catalogue> view) {
        return new TestNode(name, new FakeJournal(leader.journal), leader.network, FOLLOWER, view);
    }

    /** Beside the leader, with replicas of the shards that have nothing yet. */
    static TestNode begunAnew(TestNode leader, String name) {
        return new TestNode(
                name, FakeJournal.begunAnew(leader.journal), leader.network, FOLLOWER, UnaryOperator.identity());
    }

    /** The other node cannot be reached from now on. */
    void isolate() {
        network.isolate(LEADER);
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
                Map.of(),
                null);
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
