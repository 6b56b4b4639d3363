package io.murmuration.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "pause",
        description = "Stop a node's time (SIGSTOP), as a split of the network or a long garbage collection would.")
final class PauseCommand implements Callable<Integer> {
    @Mixin
    private NodeArgument argument;

    @Override
    public Integer call() {
        var node = argument.runningNode();
        node.pause();
        argument.answer("node " + node.number() + " paused", "paused");
        return ExitCodes.OK;
    }
}
