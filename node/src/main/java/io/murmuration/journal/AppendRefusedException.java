package io.murmuration.journal;

/** The journal committed the command and it had no effect: another writer was first, or office changed. Nothing was done. */
public final class AppendRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AppendRefusedException(Command.Refusal refusal) {
        super("the journal refused the command: " + refusal, null, false, false);
    }
}
