package io.murmuration.cli;

import io.murmuration.config.DataFolder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "down", description = "Drain and stop all nodes; their data stays.")
final class DownCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        var cluster = LocalCluster.in(common.data());
        try (var held = DataFolder.at(common.data()).lock()) {
            return stop(cluster, common.output());
        }
    }

    private static int stop(LocalCluster cluster, Output output) {
        var running = cluster.running().size();
        if (running == 0) {
            output.answer(List.of("No node was running."), Map.of("stopped", 0, "killed", 0));
            return ExitCodes.OK;
        }
        output.progress("Stopping.");
        var killed = cluster.stop(cluster.endPatience());
        killed.forEach(node -> output.progress("node " + node.number() + " did not end in time and was killed"));
        output.answer(List.of("Stopped."), Map.of("stopped", running, "killed", killed.size()));
        return ExitCodes.OK;
    }
}
