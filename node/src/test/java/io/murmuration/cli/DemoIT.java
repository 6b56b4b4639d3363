package io.murmuration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.murmuration.FreePorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on three real processes: {@code murmur demo}, then what a user does with the cluster it leaves. */
class DemoIT {
    private final Path data;
    private final int port;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    DemoIT(@TempDir Path temp) throws IOException {
        this.data = temp.resolve("data");
        this.port = FreePorts.row(3);
    }

    @AfterEach
    void no_process_stays() {
        LocalCluster.in(data).nodes().forEach(LocalNode::kill);
    }

    @Test
    void the_demo_loses_nothing_and_its_cluster_goes_on_after_a_stop() {
        assertThat(murmur("demo", "--output", "json", "--port", Integer.toString(port)))
                .withFailMessage(() -> err.toString())
                .isEqualTo(ExitCodes.OK);
        var result = ConfigFactory.parseString(out.toString());
        assertThat(result.getBoolean("holds")).isTrue();
        assertThat(result.getInt("kills")).isEqualTo(2);
        for (var kind : List.of("writes", "reports", "events", "objects", "counted")) {
            assertThat(result.getLong(kind + ".acknowledged")).as(kind).isPositive();
            assertThat(result.getLong(kind + ".lost")).as(kind).isZero();
            assertThat(result.getLong(kind + ".doneTwice")).as(kind).isZero();
        }
        assertThat(err.toString())
                .contains("Loaded 10,000 bird strike reports")
                .contains("The stream's function has counted 10,000 of 10,000")
                .containsPattern("Tokyo +NRT1 +0 ");

        assertThat(murmur("status")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString().lines().skip(1).limit(3)).allMatch(line -> line.contains("ready"));

        assertThat(murmur("down")).isEqualTo(ExitCodes.OK);
        assertThat(murmur("status")).isEqualTo(ExitCodes.UNREACHABLE);

        assertThat(murmur("up", "--detach"))
                .withFailMessage(() -> err.toString())
                .isEqualTo(ExitCodes.OK);
        assertThat(out.toString().strip()).endsWith("Ready.");
        assertThat(murmur("down")).isEqualTo(ExitCodes.OK);
    }

    private int murmur(String verb, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var line = new ArrayList<>(List.of(verb, "--data", data.toString()));
        line.addAll(List.of(arguments));
        return Murmur.run(new PrintWriter(out, true), new PrintWriter(err, true), line.toArray(String[]::new));
    }
}
