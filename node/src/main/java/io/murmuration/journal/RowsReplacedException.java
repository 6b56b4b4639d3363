package io.murmuration.journal;

/** A group's rows cannot be read here now: they are being replaced by those of a snapshot. Another replica has them. */
public final class RowsReplacedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    public RowsReplacedException(int group) {
        super("The rows of group " + group + " are being replaced.");
    }
}
