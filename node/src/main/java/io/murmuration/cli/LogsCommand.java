package io.murmuration.cli;

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
        while (true) {
            var lines = logs.stream().flatMap(log -> log.next().stream()).toList();
            if (!lines.isEmpty()) {
                output.answer(lines, lines);
            } else if (follow) {
                Deadline.pause(LogFollower.GLANCE);
            } else {
                return ExitCodes.OK;
            }
        }
    }

    private static String prefix(List<LocalNode> nodes, LocalNode node) {
        return nodes.size() == 1 ? "" : "node-" + node.number() + " | ";
    }
}
