package io.murmuration.cli;

import java.util.LinkedHashMap;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What commands about one node take. */
final class NodeArgument {
    @Mixin
    private CommonOptions common;

    @Parameters(paramLabel = "NODE", description = "Number of the node, from 1.")
    private int number;

    NodeArgument() {}

    LocalNode node() {
        return LocalCluster.in(common.data()).node(number);
    }

    /** The node, which must run. */
    LocalNode runningNode() {
        var node = node();
        if (!node.isRunning()) {
            throw CommandFailed.failed("Node " + number + " is not running: murmur restart " + number + " starts it.");
        }
        return node;
    }

    void answer(String sentence, String state) {
        var json = new LinkedHashMap<String, Object>();
        json.put("node", number);
        json.put("state", state);
        common.output().answer(List.of(sentence), json);
    }
}
