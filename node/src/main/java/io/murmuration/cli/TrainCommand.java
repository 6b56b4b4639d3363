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

    private static final int PORTS_FROM = 20_000;
    private static final int PORTS = 10_000;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        var folder = temporaryFolder();
        try {
            var port = PORTS_FROM + (int) Chance.system().nextLong(PORTS);
            var cluster = new ClusterStart(folder, 1, port, NodeJvm.training()).run(line -> {});
            Exercise.run(cluster.node(1).endpoint());
            StatusReport.of(cluster);
            var killed = cluster.stop(WRITING_PATIENCE);
            common.output().answer(List.of("Trained."), Map.of("trained", true));
            return killed.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
        } finally {
            delete(folder);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("murmur-train").resolve("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder.getParent())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
