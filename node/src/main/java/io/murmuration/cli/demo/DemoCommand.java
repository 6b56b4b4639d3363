package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import io.murmuration.cli.ClusterStart;
import io.murmuration.cli.CommandFailed;
import io.murmuration.cli.CommonOptions;
import io.murmuration.cli.ExitCodes;
import io.murmuration.cli.Foreground;
import io.murmuration.cli.LocalCluster;
import io.murmuration.cli.Output;
import io.murmuration.config.DataFolder;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a cluster if none runs, shows the main job on it, and leaves it up unless told otherwise. */
@Command(
        name = "demo",
        description = "Deploy a site over 10,000 reports, look at it from afar, and work on while nodes are killed.")
public final class DemoCommand implements Callable<Integer> {
    private static final int NODES_MIN = 3;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "Port of node 1 if the cluster has to be started (default: as before, else 4566).")
    private @Nullable Integer port;

    @Option(names = "--stop", description = "Stop the cluster in the end.")
    private boolean stop;

    public DemoCommand() {}

    @Override
    public Integer call() {
        var output = common.output();
        DataFolder.at(common.data())
                .find()
                .ifPresent(formatted -> refuseSmall(formatted.nodes().size()));
        var running = LocalCluster.findRunning(common.data());
        var cluster = running.orElseGet(() -> new ClusterStart(common.data(), null, port).run(output::progress));
        try (var foreground =
                running.isPresent() ? null : Foreground.stopAtSignal(cluster, output::progress, ExitCodes.FAILED)) {
            var result = run(cluster, output);
            output.answer(result.lines(), result.json());
            tellWhatNext(output, cluster, result);
            return result.holds() ? ExitCodes.OK : ExitCodes.CLAIM_FAILED;
        }
    }

    /** Before anything is started. */
    private void refuseSmall(int nodes) {
        if (nodes < NODES_MIN) {
            throw CommandFailed.failed("The demo kills nodes and needs at least " + NODES_MIN + "; the cluster in "
                    + DataFolder.at(common.data()).path() + " was formatted with fewer: use another --data.");
        }
    }

    private DemoResult run(LocalCluster cluster, Output output) {
        try {
            return new Demo(cluster, output::progress, Clock.system()).run();
        } finally {
            if (stop) {
                output.progress("Stopping.");
                cluster.stop();
            }
        }
    }

    private void tellWhatNext(Output output, LocalCluster cluster, DemoResult result) {
        if (!stop) {
            List.of(
                            "",
                            "The cluster is still up on " + cluster.path() + ". Open the site in a browser:",
                            "  " + result.page(),
                            "  " + result.pageByPath(),
                            "Try next:",
                            "  ./murmur status",
                            "  eval \"$(./murmur env)\"; aws dynamodb scan --table-name " + result.table()
                                    + " --select COUNT",
                            "  ./murmur kill 2; ./murmur restart 2",
                            "  ./murmur down")
                    .forEach(output::progress);
        }
    }
}
