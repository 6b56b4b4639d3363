package io.murmuration.cli;

import io.murmuration.cli.demo.DemoCommand;
import io.murmuration.config.DataFolderException;
import io.murmuration.config.SettingsException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code murmur} command: parses, calls the verb's class, and turns failures into one sentence and an exit code. */
@Command(
        name = "murmur",
        description = "A serverless cloud as a flock of nodes on your machine.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Murmur.Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:it could not be done",
            "2:the command makes no sense",
            "3:no node could be reached",
            "4:an experiment's claim failed"
        },
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            EnvCommand.class,
            LogsCommand.class,
            KillCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            RestartCommand.class,
            DemoCommand.class,
            TrainCommand.class
        })
public final class Murmur {
    private Murmur() {}

    /** What nodes say too: the jar's version. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Murmur.class.getPackage().getImplementationVersion();
            return new String[] {"murmuration " + (version == null ? "development" : version)};
        }
    }

    public static void main(String... arguments) {
        // As UTF-8 whatever the locale says: logs and airports are.
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, arguments));
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Murmur())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, err))
                .execute(arguments);
    }

    private static int report(Exception failure, PrintWriter err) throws Exception {
        if (failure instanceof CommandFailed failed) {
            err.println(failed.getMessage());
            return failed.exitCode();
        }
        if (failure instanceof DataFolderException || failure instanceof SettingsException) {
            err.println(failure.getMessage());
            return ExitCodes.FAILED;
        }
        throw failure;
    }
}
