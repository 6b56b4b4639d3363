package io.murmuration.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "up", description = "Start the cluster; format its data folder on the first start.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "How many nodes: 1, 3 or 5 (default: as formatted, else 3).")
    private @Nullable Integer nodes;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "Port of node 1; the others follow it (default: as before, else 4566).")
    private @Nullable Integer port;

    @Option(names = "--detach", description = "Return when the cluster is ready, and leave it running.")
    private boolean detach;

    @Override
    public Integer call() {
        var output = common.output();
        var cluster = new ClusterStart(common.data(), nodes, port).run(output::progress);
        var watch = detach ? null : Foreground.stopAtSignal(cluster, output::progress, ExitCodes.OK);
        if (detach) {
            output.progress("Stop it with murmur down; see murmur status, murmur env.");
        } else {
            output.progress("Ctrl-C stops it; in another terminal see murmur status, murmur env.");
        }
        output.answer(List.of("Ready."), json(cluster));
        return watch == null ? ExitCodes.OK : watch.untilAllEnded();
    }

    private static Object json(LocalCluster cluster) {
        var nodes = cluster.nodes().stream()
                .map(node -> Map.of(
                        "node", node.number(), "endpoint", node.endpoint().toString()))
                .toList();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("ready", true);
        answer.put("data", cluster.path().toString());
        answer.put("nodes", nodes);
        return answer;
    }
}
