package io.murmuration.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = "Show the nodes, what they lead, how far behind they are, and the disk they use.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        var report = StatusReport.of(LocalCluster.in(common.data()));
        common.output().answer(report.lines(), report.json());
        return report.anyReached() ? ExitCodes.OK : ExitCodes.UNREACHABLE;
    }
}
