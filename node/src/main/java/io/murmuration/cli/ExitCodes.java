package io.murmuration.cli;

/** What the command line ends with; scripts rely on it. */
public final class ExitCodes {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    /** No node could be reached. */
    public static final int UNREACHABLE = 3;
    /** An experiment ran, and what it was to show is not so. */
    public static final int CLAIM_FAILED = 4;

    private ExitCodes() {}
}
