package io.murmuration.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeSettingsTest {
    private static final int MIB = 1024 * 1024;

    @Test
    void the_defaults_are_these() {
        assertThat(NodeSettings.from(ConfigFactory.defaultReference()))
                .isEqualTo(new NodeSettings(
                        "127.0.0.1",
                        new NodeSettings.Http(
                                512,
                                16 * MIB,
                                64L * MIB,
                                40L * MIB,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(75),
                                Duration.ofSeconds(6),
                                List.of()),
                        new NodeSettings.Consensus(
                                Duration.ofMillis(50), Duration.ofMillis(150), Duration.ofSeconds(1)),
                        new NodeSettings.Journal(4 * MIB, 10_000),
                        new NodeSettings.Table(2000, 16 * MIB),
                        new NodeSettings.Function(
                                1000,
                                16,
                                64,
                                48L * MIB,
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(10)),
                        new NodeSettings.Edge(64L * MIB, false)));
    }

    @Test
    void a_file_in_the_data_folder_changes_what_it_names(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("murmuration.conf"), "murmuration.node.http.requests-max = 7");

        var settings = NodeSettings.load(folder);

        assertThat(settings.http().requestsMax()).isEqualTo(7);
        assertThat(settings.table().waitingMax()).isEqualTo(2000);
    }

    @Test
    void an_unknown_key_is_named(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("murmuration.conf"), "murmuration.node.http.request-max = 7");

        assertThatThrownBy(() -> NodeSettings.load(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("There is no setting murmuration.node.http.request-max (")
                .hasMessageContaining("murmuration.conf: 1");
    }

    @Test
    void a_file_that_is_no_configuration_is_named(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("murmuration.conf"), "murmuration {");

        assertThatThrownBy(() -> NodeSettings.load(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("murmuration.conf cannot be read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "listen-address = 0.0.0.0 | a loopback address",
                "listen-address = example.org | a loopback address",
                "listen-address = \"::1\" | a loopback address of IPv4",
                "http.allowed-origins = [\"https://example.org/\"] | a list of origins",
                "http.allowed-origins = all | a list of origins",
                "http.requests-max = 0 | a whole number from 1 to 65535",
                "http.requests-max = 65536 | a whole number from 1 to 65535",
                "http.requests-max = many | a whole number from 1 to 65535",
                "http.body-bytes-max = 1 KiB | a size from 1048576 to 16777216 bytes",
                "http.bodies-bytes-max = 5 GiB | a size from 33554432 to 4294967296 bytes",
                "http.replies-bytes-max = 1 MiB | a size from 16777216 to 4294967296 bytes",
                "http.request-timeout = 999 ms | a time from 1000 to 60000 ms",
                "http.idle-timeout = 0 s | a time from 1000 to 600000 ms",
                "http.drain-timeout = 61 s | a time from 0 to 60000 ms",
                "consensus.tick-interval = 9 ms | a time from 10 to 1000 ms",
                "consensus.heartbeat-interval = soon | a time from 20 to 10000 ms",
                "consensus.election-timeout = 99 ms | a time from 100 to 60000 ms",
                "consensus.election-timeout = 449 ms | at least three times consensus.heartbeat-interval",
                "journal.in-flight-bytes-max = 1 | a size from 65536 to 67108864 bytes",
                "journal.log-entries-kept = 99 | a whole number from 100 to 10000000",
                "edge.cache-bytes-max = 1 MiB | a size from 8388608 to 68719476736 bytes",
                "edge.distance-costs-time = sometimes | on or off",
                "table.waiting-max = -1 | a whole number from 1 to 65535",
                "table.waiting-bytes-max = 2 GiB | a size from 1048576 to 1073741824 bytes",
                "function.concurrency-max = 0 | a whole number from 1 to 99999",
                "function.instances-max = 10000 | a whole number from 1 to 9999",
                "function.environments-max = none | a whole number from 1 to 9999",
                "function.payload-bytes-max = 1 MiB | a size from 8388608 to 4294967296 bytes",
                "function.wait-max = 0 s | a time from 1000 to 600000 ms",
                "function.idle-max = 25 h | a time from 1000 to 86400000 ms",
                "function.init-timeout = 16 minutes | a time from 1000 to 900000 ms",
            })
    void a_bad_value_is_named_with_what_would_do(String setting, String wanted) {
        var key = setting.substring(0, setting.indexOf(' '));
        var config =
                ConfigFactory.parseString("murmuration.node." + setting).withFallback(ConfigFactory.defaultReference());

        assertThatThrownBy(() -> NodeSettings.from(config))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("The setting murmuration.node." + key + " must be " + wanted);
    }
}
