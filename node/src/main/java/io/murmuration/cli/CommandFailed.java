package io.murmuration.cli;

/** Ends the command: one sentence for the error stream and an exit code from {@link ExitCodes}. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailed(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    /** A command that could not do what it was asked. */
    public static CommandFailed failed(String sentence) {
        return new CommandFailed(ExitCodes.FAILED, sentence);
    }

    /** A command that was asked for something that makes no sense. */
    static CommandFailed usage(String sentence) {
        return new CommandFailed(ExitCodes.USAGE, sentence);
    }

    int exitCode() {
        return exitCode;
    }
}
