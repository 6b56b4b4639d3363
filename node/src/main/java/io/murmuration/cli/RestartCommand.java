package io.murmuration.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "restart",
        description = "Start a node again, stopping it first if it runs, and wait until it is ready.")
final class RestartCommand implements Callable<Integer> {
    @Mixin
    private NodeArgument argument;

    @Override
    public Integer call() {
        var node = argument.node();
        var took = node.restart();
        argument.answer(
                String.format(
                        Locale.ROOT,
                        "node %d ready  %s  (%.1f s)",
                        node.number(),
                        node.endpoint(),
                        took.toMillis() / 1000.0),
                "ready");
        return ExitCodes.OK;
    }
}
