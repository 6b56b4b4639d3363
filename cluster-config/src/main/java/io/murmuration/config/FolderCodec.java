package io.murmuration.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The bytes of the files of a formatted folder. Node ids are texts: as numbers they would be rounded by every reader that knows only doubles.
 * What is written here needs no escaping: all texts are digits, and the same wherever they are written (some languages have digits of their own).
 */
final class FolderCodec {
    /** Raised by every change that an older release would misread. */
    static final int FORMAT = 1;

    private FolderCodec() {}

    static byte[] encode(ClusterSettings cluster) {
        var head = String.format(
                Locale.ROOT, """
                {
                  "format": %d,
                  "clusterId": "%s",
                  "secret": "%s",
                  "shards": %d,
                  "replicas": %d,
                  "nodes": [
                """, FORMAT, cluster.clusterId(), cluster.secret(), cluster.shards(), cluster.replicas());
        var nodes = cluster.nodes().stream().map(FolderCodec::encode).collect(Collectors.joining(",\n"));
        return (head + nodes + "\n  ]\n}\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String encode(ClusterSettings.Node node) {
        return String.format(
                Locale.ROOT,
                "    {\"number\": %d, \"nodeId\": \"%d\", \"httpPort\": %d, \"remotingPort\": %d}",
                node.number(),
                node.nodeId(),
                node.ports().http(),
                node.ports().remoting());
    }

    static byte[] encode(NodeIdentity identity) {
        var json = String.format(
                Locale.ROOT,
                """
                {
                  "format": %d,
                  "clusterId": "%s",
                  "nodeId": "%d",
                  "number": %d,
                  "started": %s
                }
                """,
                FORMAT,
                identity.clusterId(),
                identity.nodeId(),
                identity.number(),
                identity.started());
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** @param file named in the sentence of a refusal */
    static ClusterSettings decodeCluster(byte[] bytes, Path file) {
        return decode(
                bytes,
                file,
                json -> new ClusterSettings(
                        json.getString("clusterId"),
                        json.getString("secret"),
                        json.getInt("shards"),
                        json.getInt("replicas"),
                        json.getConfigList("nodes").stream()
                                .map(FolderCodec::node)
                                .toList()));
    }

    static NodeIdentity decodeIdentity(byte[] bytes, Path file) {
        return decode(
                bytes,
                file,
                json -> new NodeIdentity(
                        json.getString("clusterId"),
                        json.getLong("nodeId"),
                        json.getInt("number"),
                        json.getBoolean("started")));
    }

    private static ClusterSettings.Node node(Config json) {
        return new ClusterSettings.Node(
                json.getInt("number"),
                json.getLong("nodeId"),
                new ClusterSettings.Ports(json.getInt("httpPort"), json.getInt("remotingPort")));
    }

    private interface Reading<T> {
        T read(Config json);
    }

    private static <T> T decode(byte[] bytes, Path file, Reading<T> reading) {
        try {
            var json = ConfigFactory.parseString(
                    new String(bytes, StandardCharsets.UTF_8),
                    ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
            var format = json.getInt("format");
            if (format > FORMAT) {
                throw new DataFolderException(file + " was written by a newer release (format " + format
                        + ", this one reads up to " + FORMAT + "): use that release, or another data folder.");
            }
            return reading.read(json);
        } catch (ConfigException e) {
            throw new DataFolderException(file + " is damaged (" + e.getMessage() + "): restore it from a copy.", e);
        }
    }
}
