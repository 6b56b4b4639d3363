package io.murmuration.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Show what the nodes printed since their last start.")
final class LogsCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "NODE", arity = "0..1", description = "Number of the node (default: all).")
    private @Nullable Integer number;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what they print, through restarts, until Ctrl-C.")
    private boolean follow;

    @Override
    public Integer call() {
        var cluster = LocalCluster.in(common.data());
        var nodes = number == null ? cluster.nodes() : List.of(cluster.node(number));
        var logs = nodes.stream()
                .map(node -> new LogFollower(node.path(), prefix(nodes, node)))
                .toList();
        var output = common.output();
        if (follow) {
            follow(logs, output);
        } else {
            // Whole, because as JSON it is one value.
            var lines = new ArrayList<String>();
            while (lines.addAll(next(logs))) {}
            output.answer(lines, lines);
        }
        return ExitCodes.OK;
    }

    /** Ends when nobody reads it any more. As JSON it is one value for each look that found something. */
    private static void follow(List<LogFollower> logs, Output output) {
        while (!output.isCut()) {
            var lines = next(logs);
            if (lines.isEmpty()) {
                Deadline.pause(LogFollower.GLANCE);
            } else {
                output.answer(lines, lines);
            }
        }
    }

    private static List<String> next(List<LogFollower> logs) {
        return logs.stream().flatMap(log -> log.next().stream()).toList();
    }

    private static String prefix(List<LocalNode> nodes, LocalNode node) {
        return nodes.size() == 1 ? "" : "node-" + node.number() + " | ";
    }
}
