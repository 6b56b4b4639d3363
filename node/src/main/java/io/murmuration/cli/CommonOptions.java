package io.murmuration.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every command takes. */
public final class CommonOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".murmur",
            description = "The cluster's data folder (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How the answer is written: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Output.Format format;

    public CommonOptions() {}

    public Path data() {
        return data;
    }

    public Output output() {
        return new Output(command.commandLine().getOut(), command.commandLine().getErr(), format);
    }
}
