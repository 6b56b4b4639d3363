package io.murmuration.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What one node is told: the block {@value #BLOCK}. What each key means, its range and when to change it stands beside its default in this
 * module's {@code reference.conf}.
 *
 * @param listenAddress a loopback address
 */
public record NodeSettings(
        String listenAddress,
        Http http,
        Consensus consensus,
        Journal journal,
        Table table,
        Function function,
        Edge edge) {
    static final String BLOCK = "murmuration.node";

    /** The optional file of a data folder that changes settings for all its nodes. */
    public static final String FILE_NAME = "murmuration.conf";

    /** Scheme, host and port, in lower case and without a path: whatever else is never what a browser sends. */
    private static final String ORIGIN = "https?://[a-z0-9.-]+(:[0-9]{1,5})?";

    private static final String LOOPBACK = "a loopback address of IPv4, such as 127.0.0.1";
    private static final int MIB = 1024 * 1024;

    /** @param allowedOrigins of web pages that may speak to the node besides those of this machine, as browsers send them in {@code Origin} */
    public record Http(
            int requestsMax,
            int bodyBytesMax,
            long bodiesBytesMax,
            long repliesBytesMax,
            Duration requestTimeout,
            Duration idleTimeout,
            Duration drainTimeout,
            List<String> allowedOrigins) {
        public Http {
            allowedOrigins = List.copyOf(allowedOrigins);
        }
    }

    public record Consensus(Duration tickInterval, Duration heartbeatInterval, Duration electionTimeout) {}

    public record Journal(int inFlightBytesMax, int logEntriesKept) {}

    public record Table(int waitingMax, int waitingBytesMax) {}

    public record Function(
            int concurrencyMax,
            int instancesMax,
            int environmentsMax,
            long payloadBytesMax,
            Duration waitMax,
            Duration idleMax,
            Duration initTimeout) {}

    /**
     * @param cacheBytesMax of all points of presence that could be on the node
     * @param distanceCostsTime whether a viewer waits as long as light would need to its point of presence and back
     */
    public record Edge(long cacheBytesMax, boolean distanceCostsTime) {}

    /**
     * The settings of the nodes of a data folder: system properties, then the folder's {@value #FILE_NAME}, then the defaults.
     *
     * @throws SettingsException on a bad or unknown key
     */
    public static NodeSettings load(Path dataFolder) {
        return from(config(dataFolder));
    }

    /** All configuration a node's process uses, merged in the same order; for the libraries that read blocks of their own from it. */
    public static Config config(Path dataFolder) {
        return config(dataFolder, ConfigFactory.empty());
    }

    /** The same, with what the process itself asks of its libraries before their defaults. */
    public static Config config(Path dataFolder, Config process) {
        try {
            return ConfigFactory.defaultOverrides()
                    .withFallback(ConfigFactory.parseFile(
                            dataFolder.resolve(FILE_NAME).toFile()))
                    .withFallback(process)
                    .withFallback(ConfigFactory.defaultReferenceUnresolved())
                    .resolve();
        } catch (ConfigException e) {
            throw new SettingsException(
                    "The settings in " + dataFolder.resolve(FILE_NAME) + " cannot be read: " + e.getMessage());
        }
    }

    /** Reads and checks the block. */
    public static NodeSettings from(Config config) {
        var reader = new SettingsReader(config, BLOCK);
        var settings = new NodeSettings(
                listenAddress(reader),
                http(reader),
                consensus(reader),
                journal(reader),
                table(reader),
                function(reader),
                edge(reader));
        reader.refuseUnknown();
        return settings;
    }

    private static String listenAddress(SettingsReader reader) {
        var address = reader.text("listen-address");
        // A name would be looked up in the network; only literal addresses are. Version 6 would need brackets in every
        // URI.
        var literal = address.equals("localhost") || address.matches("[0-9.]+");
        try {
            if (literal && InetAddress.getByName(address).isLoopbackAddress()) {
                return address;
            }
        } catch (UnknownHostException e) {
            throw reader.refuse("listen-address", LOOPBACK);
        }
        throw reader.refuse("listen-address", LOOPBACK);
    }

    private static Http http(SettingsReader reader) {
        return new Http(
                reader.number("http.requests-max", 1, 65_535),
                (int) reader.bytes("http.body-bytes-max", MIB, 16L * MIB),
                reader.bytes("http.bodies-bytes-max", 32L * MIB, 4096L * MIB),
                reader.bytes("http.replies-bytes-max", 16L * MIB, 4096L * MIB),
                reader.duration("http.request-timeout", Duration.ofSeconds(1), Duration.ofMinutes(1)),
                reader.duration("http.idle-timeout", Duration.ofSeconds(1), Duration.ofMinutes(10)),
                reader.duration("http.drain-timeout", Duration.ZERO, Duration.ofMinutes(1)),
                reader.texts(
                        "http.allowed-origins", ORIGIN, "a list of origins, such as [\"https://example.org:8443\"]"));
    }

    private static Consensus consensus(SettingsReader reader) {
        var consensus = new Consensus(
                reader.duration("consensus.tick-interval", Duration.ofMillis(10), Duration.ofSeconds(1)),
                reader.duration("consensus.heartbeat-interval", Duration.ofMillis(20), Duration.ofSeconds(10)),
                reader.duration("consensus.election-timeout", Duration.ofMillis(100), Duration.ofMinutes(1)));
        if (consensus.electionTimeout().compareTo(consensus.heartbeatInterval().multipliedBy(3)) < 0) {
            throw reader.refuse("consensus.election-timeout", "at least three times consensus.heartbeat-interval");
        }
        return consensus;
    }

    private static Journal journal(SettingsReader reader) {
        return new Journal(
                (int) reader.bytes("journal.in-flight-bytes-max", MIB / 16, 64L * MIB),
                reader.number("journal.log-entries-kept", 100, 10_000_000));
    }

    private static Table table(SettingsReader reader) {
        return new Table(reader.number("table.waiting-max", 1, 65_535), (int)
                reader.bytes("table.waiting-bytes-max", MIB, 1024L * MIB));
    }

    private static Function function(SettingsReader reader) {
        return new Function(
                reader.number("function.concurrency-max", 1, 99_999),
                reader.number("function.instances-max", 1, 9_999),
                reader.number("function.environments-max", 1, 9_999),
                reader.bytes("function.payload-bytes-max", 8L * MIB, 4096L * MIB),
                reader.duration("function.wait-max", Duration.ofSeconds(1), Duration.ofMinutes(10)),
                reader.duration("function.idle-max", Duration.ofSeconds(1), Duration.ofHours(24)),
                reader.duration("function.init-timeout", Duration.ofSeconds(1), Duration.ofMinutes(15)));
    }

    private static Edge edge(SettingsReader reader) {
        return new Edge(
                reader.bytes("edge.cache-bytes-max", 8L * MIB, 65_536L * MIB), reader.flag("edge.distance-costs-time"));
    }
}
