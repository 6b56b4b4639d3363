package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import io.murmuration.cli.CommandFailed;
import io.murmuration.cli.Deadline;
import io.murmuration.cli.LocalCluster;
import io.murmuration.cli.LocalNode;
import io.murmuration.cli.NodeHealth;
import io.murmuration.cli.Output;
import io.murmuration.cli.demo.DemoResult.Kind;
import io.murmuration.cli.demo.DemoResult.Outcome;
import io.murmuration.cli.demo.site.Site;
import io.murmuration.cli.demo.site.SiteDeployment;
import io.murmuration.cli.demo.site.Viewers;
import io.murmuration.config.Geography;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The story: deploy a site, load, ask, look at it from afar, then write, invoke and upload through all nodes while the one that leads most is killed,
 * twice, and read everything back.
 */
final class Demo {
    private static final int LOADERS = 4;
    private static final int KILLS = 2;
    private static final Duration BEFORE_KILL = Duration.ofSeconds(4);
    private static final Duration WITHOUT_NODE = Duration.ofSeconds(4);
    private static final int SUCCESSES_WANTED = 5;
    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(30);

    private final LocalCluster cluster;
    private final Consumer<String> progress;
    private final Clock clock;
    private final long startNanos;

    Demo(LocalCluster cluster, Consumer<String> progress, Clock clock) {
        this.cluster = cluster;
        this.progress = progress;
        this.clock = clock;
        this.startNanos = clock.nanos();
    }

    DemoResult run() {
        var endpoints = cluster.nodes().stream().map(LocalNode::endpoint).toList();
        try (var clients = new Clients(endpoints)) {
            var deployment = new SiteDeployment(clients.deploying(), this::tell);
            var site = deployment.deploy();
            var table = new StrikeTable(site.names().strikes());
            var counts = new CountCheck(clients, table, site.names().counts(), clock);
            var reports = StrikeReport.readAll();
            load(clients, table, reports);
            new Questions(clients, table, this::tell).ask();
            awaitCounts(counts);
            show(deployment, site, endpoints);
            var species = reports.stream().map(StrikeReport::species).distinct().toList();
            return strike(clients, site, counts, species);
        } catch (SdkException | UncheckedIOException e) {
            throw CommandFailed.failed(
                    "The demo broke off; the cluster stays as it is (murmur status, murmur logs): " + e.getMessage());
        }
    }

    private void awaitCounts(CountCheck counts) {
        long began = clock.nanos();
        var tally = counts.await();
        tell(String.format(
                Locale.ROOT,
                "The stream's function has counted %,d of %,d, %.1f s later.",
                tally.found(),
                tally.written(),
                (clock.nanos() - began) / 1e9));
    }

    /** Photos are noted by a function; the page is seen from several cities. */
    private void show(SiteDeployment deployment, Site site, List<URI> endpoints) {
        int photos = deployment.putPhotos(site);
        long began = clock.nanos();
        if (!Deadline.after(clock, RECOVERY_PATIENCE).await(() -> deployment.photosNoted(site) == photos)) {
            throw CommandFailed.failed(
                    "Not all photos were noted within " + RECOVERY_PATIENCE.toSeconds() + " s: see murmur logs.");
        }
        tell(String.format(
                Locale.ROOT,
                "Put %d photos; each has called a function that noted it, %.1f s later. The site, seen from afar:",
                photos,
                (clock.nanos() - began) / 1e9));
        var views = new Viewers(Geography.standard(), clock).look(site, endpoints);
        Output.table(Viewers.HEADS, views.stream().map(Viewers.View::row).toList())
                .forEach(line -> progress.accept("           " + line));
    }

    private void load(Clients clients, StrikeTable table, List<StrikeReport> reports) {
        var started = clock.nanos();
        var load = new Load(reports);
        inParallel(LOADERS, loader -> {
            load.run(batch -> table.write(clients.at(loader), batch));
            return true;
        });
        var seconds = (clock.nanos() - started) / 1e9;
        tell(String.format(
                Locale.ROOT,
                "Loaded %,d bird strike reports in %.1f s, %,.0f a second, each on the disks of a majority.",
                reports.size(),
                seconds,
                reports.size() / seconds));
    }

    private DemoResult strike(Clients clients, Site site, CountCheck counts, List<String> species) {
        try (var http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .build()) {
            var kinds = writers(clients, site, http, species);
            var writers = kinds.values().stream().flatMap(List::stream).toList();
            tell("Through all nodes: clients put, revise and count, report through the gateway, invoke, and upload.");
            killUnder(writers);
            tell("They ended. Reading everything back, consistently, when the functions have done their part.");
            var outcomes = new EnumMap<Kind, Outcome>(Kind.class);
            var counted = counts.await();
            kinds.forEach((kind, done) -> outcomes.put(kind, outcome(done)));
            // a second look: what is counted twice would be by now
            outcomes.put(Kind.COUNTED, new Outcome(counted.holds() ? counts.await() : counted, Duration.ZERO));
            return new DemoResult(
                    site.names().strikes(),
                    site.page(clients.endpoint(0)),
                    site.pageByPath(clients.endpoint(0)),
                    KILLS,
                    outcomes);
        }
    }

    private void killUnder(List<Writer> writers) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            writers.forEach(threads::execute);
            try {
                for (int kill = 0; kill < KILLS; kill++) {
                    Deadline.pause(BEFORE_KILL);
                    killAndRestart(writers);
                }
                Deadline.pause(BEFORE_KILL);
            } finally {
                writers.forEach(Writer::end);
            }
        }
    }

    private static Outcome outcome(List<Writer> writers) {
        return new Outcome(
                Tally.sum(writers.stream().map(Writer::check).toList()),
                writers.stream()
                        .map(Writer::longestPause)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO));
    }

    private Map<Kind, List<Writer>> writers(Clients clients, Site site, HttpClient http, List<String> species) {
        var table = new StrikeTable(site.names().strikes());
        var kinds = new EnumMap<Kind, List<Writer>>(Kind.class);
        kinds.put(
                Kind.WRITES,
                List.of(
                        new PutWriter(clients, 0, clock, table, species),
                        new PutWriter(clients, 1, clock, table, species),
                        new RevisionWriter(clients, 1, clock, table, species.get(2)),
                        new CounterWriter(clients, 2, clock, table, species.get(3))));
        kinds.put(Kind.REPORTS, List.of(new ReportWriter(clients, 0, clock, http, site, species)));
        kinds.put(Kind.EVENTS, List.of(new EventWriter(clients, 1, clock, site.names())));
        kinds.put(
                Kind.OBJECTS,
                List.of(new UploadWriter(clients, 2, clock, site.names().bucket())));
        return kinds;
    }

    private void killAndRestart(List<Writer> writers) {
        var victim = leaderOfMost();
        var led = victim.health().map(NodeHealth::shardsLed).orElse(0);
        victim.kill();
        writers.forEach(writer -> writer.pauses().watch());
        tell("kill -9 node " + victim.number() + ", which led " + led + " shards.");
        var recovery = Deadline.after(clock, RECOVERY_PATIENCE);
        // An answer that was on its way when the node died proves nothing; several do.
        if (!recovery.await(
                () -> writers.stream().allMatch(writer -> writer.pauses().watchedSuccesses() >= SUCCESSES_WANTED))) {
            throw CommandFailed.failed("Some client did not succeed within " + RECOVERY_PATIENCE.toSeconds()
                    + " s after node " + victim.number() + " was killed: see murmur status and murmur logs.");
        }
        Deadline.pause(WITHOUT_NODE);
        var pause = writers.stream()
                .map(writer -> writer.pauses().watchedPause(clock.nanos()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        tell(String.format(
                Locale.ROOT,
                "  all clients went on without it; the longest pause of any was %.1f s.",
                pause.toMillis() / 1e3));
        var took = victim.restart();
        tell(String.format(
                Locale.ROOT, "Restarted node %d, ready after %.1f s.", victim.number(), took.toMillis() / 1000.0));
    }

    private LocalNode leaderOfMost() {
        return cluster.nodes().stream()
                .max(Comparator.comparingInt(
                        node -> node.health().map(NodeHealth::shardsLed).orElse(-1)))
                .orElseThrow();
    }

    /** Runs the work for the numbers from 0 on side by side, and returns what each came to. */
    static <T> List<T> inParallel(int count, Function<Integer, T> work) {
        try (var threads = Executors.newFixedThreadPool(count)) {
            var results = new ArrayList<T>();
            var running = IntStream.range(0, count)
                    .mapToObj(number -> threads.submit(() -> work.apply(number)))
                    .toList();
            for (var result : running) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailed.failed("Interrupted.");
        }
    }

    private void tell(String line) {
        progress.accept(String.format(Locale.ROOT, "%5.1f s  %s", (clock.nanos() - startNanos) / 1e9, line));
    }
}
