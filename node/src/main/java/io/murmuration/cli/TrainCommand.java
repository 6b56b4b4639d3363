package io.murmuration.cli;

import io.murmuration.base.Chance;
import io.murmuration.cli.demo.Exercise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Runs one node for a moment, on data of its own, so that the Java virtual machine records which classes a start needs and how they are best laid out.
 * The launcher calls it after a build, with this process recording itself in the same way.
 */
@Command(name = "train", hidden = true, description = "Record a start, so that later ones are faster.")
final class TrainCommand implements Callable<Integer> {
    /** The recording is written while the node ends. */
    private static final Duration WRITING_PATIENCE = Duration.ofMinutes(2);

    /** With those 10,000 above them, all below the ports that systems give to outgoing connections. */
    private static final int PORTS_FROM = 11_000;

    private static final int PORTS = 11_000;
    private static final int ATTEMPTS = 3;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        var folder = temporaryFolder();
        try {
            var cluster = start(folder);
            try (var atSignal = Foreground.stopAtSignal(cluster, line -> {}, ExitCodes.FAILED, () -> delete(folder))) {
                if (!exercise(cluster)) {
                    return ExitCodes.FAILED;
                }
            }
            common.output().answer(List.of("Trained."), Map.of("trained", true));
            return ExitCodes.OK;
        } finally {
            delete(folder);
        }
    }

    /** A port may be taken; it costs nothing to try others. */
    private static LocalCluster start(Path folder) {
        for (int attempt = 1; ; attempt++) {
            var port = PORTS_FROM + (int) Chance.system().nextLong(PORTS);
            try {
                return new ClusterStart(folder, 1, port, NodeJvm.training()).run(line -> {}, () -> delete(folder));
            } catch (CommandFailed failure) {
                if (attempt == ATTEMPTS) {
                    throw failure;
                }
            }
        }
    }

    /** Whether the node ended by itself, and so has written its recording. */
    private static boolean exercise(LocalCluster cluster) {
        try {
            Exercise.run(cluster.node(1).endpoint());
            StatusReport.of(cluster);
        } catch (RuntimeException failure) {
            cluster.stop();
            throw failure;
        }
        return cluster.stop(WRITING_PATIENCE).isEmpty();
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("murmur-train").resolve("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (Files.notExists(folder.getParent())) {
            return;
        }
        try (var files = Files.walk(folder.getParent())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
