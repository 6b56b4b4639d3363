package io.murmuration.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "resume", description = "Let a paused node go on (SIGCONT).")
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    private NodeArgument argument;

    @Override
    public Integer call() {
        var node = argument.runningNode();
        node.resume();
        argument.answer("node " + node.number() + " resumed", "running");
        return ExitCodes.OK;
    }
}
