package io.murmuration.benchmarks;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** The journal of one node by its plugin: event-sourced actors persist 1 KiB each and wait, sixteen at once, so that they share syncs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Threads(16)
@Fork(1)
public class JournalBenchmark {
    private static final byte[] EVENT = new byte[1024];

    private @Nullable Path folder;
    private @Nullable ActorSystem<Void> system;

    record Persist(ActorRef<Done> replyTo) {}

    /** One actor for each thread. */
    @State(Scope.Thread)
    public static class Writer {
        private @Nullable ActorRef<Persist> actor;

        @Setup
        public void start(JournalBenchmark journal) {
            var id = "writer-" + Thread.currentThread().threadId();
            actor = requireNonNull(journal.system).systemActorOf(new Appending(id).behavior(), id, Props.empty());
        }
    }

    @Setup
    public void start() throws IOException {
        folder = Files.createTempDirectory("journal-benchmark");
        var config = ConfigFactory.parseMap(Map.of(
                        "pekko.persistence.journal.plugin", "murmuration.persistence.journal",
                        "pekko.persistence.snapshot-store.plugin", "murmuration.persistence.snapshot-store",
                        "murmuration.persistence.data-dir", folder.toString(),
                        "pekko.loglevel", "WARNING"))
                .withFallback(ConfigFactory.load());
        system = ActorSystem.create(Behaviors.empty(), "benchmark", config);
    }

    @TearDown
    public void stop() throws IOException, InterruptedException, ExecutionException {
        requireNonNull(system).terminate();
        requireNonNull(system).getWhenTerminated().toCompletableFuture().get();
        try (var files = Files.walk(requireNonNull(folder))) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    @Benchmark
    public Done persist(Writer writer) throws InterruptedException, ExecutionException {
        return AskPattern.ask(
                        requireNonNull(writer.actor),
                        Persist::new,
                        Duration.ofSeconds(10),
                        requireNonNull(system).scheduler())
                .toCompletableFuture()
                .get();
    }

    private static final class Appending {
        private final String id;

        Appending(String id) {
            this.id = id;
        }

        Behavior<Persist> behavior() {
            return Behaviors.setup(
                    context -> new EventSourcedBehavior<Persist, byte[], Integer>(PersistenceId.ofUniqueId(id)) {
                        @Override
                        public Integer emptyState() {
                            return 0;
                        }

                        @Override
                        public CommandHandler<Persist, byte[], Integer> commandHandler() {
                            return (state, persist) -> Effect().persist(EVENT).thenRun(() -> persist.replyTo()
                                    .tell(Done.getInstance()));
                        }

                        @Override
                        public EventHandler<Integer, byte[]> eventHandler() {
                            return (state, event) -> state + 1;
                        }
                    });
        }
    }
}
