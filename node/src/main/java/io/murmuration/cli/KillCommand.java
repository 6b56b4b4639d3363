package io.murmuration.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "kill", description = "Kill a node as a crash would (SIGKILL).")
final class KillCommand implements Callable<Integer> {
    @Mixin
    private NodeArgument argument;

    @Override
    public Integer call() {
        var node = argument.runningNode();
        node.kill();
        argument.answer("node " + node.number() + " killed", "down");
        return ExitCodes.OK;
    }
}
