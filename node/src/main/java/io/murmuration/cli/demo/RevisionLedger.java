package io.murmuration.cli.demo;

/**
 * Conditional updates of one item by its only writer: set the revision to {@code n + 1} if it is {@code n}. An answer that leaves the outcome open
 * (an error, or a failed condition, which is what the SDK's repeat of an update that was done meets) is cleared up by reading the item.
 */
final class RevisionLedger {
    private long written;
    private long acknowledged;
    private long clearedUp;
    private long known;
    private boolean open;

    /** The revision that the item is known to have. */
    long known() {
        return known;
    }

    /** Begins an update to {@code known() + 1}. */
    void begun() {
        written++;
        open = true;
    }

    void acknowledged() {
        acknowledged++;
        known++;
        open = false;
    }

    /**
     * The item was read after an update whose outcome was open. If it is as before, the update may still be on its way, until a later one is
     * acknowledged.
     */
    void read(long revision) {
        if (open && revision == known + 1) {
            clearedUp++;
            known = revision;
            open = false;
        }
    }

    /** @param revision as it is in the end, 0 if the item is not there */
    Tally against(long revision) {
        var unknown = open ? 1 : 0;
        var lost = Math.max(0, known - revision);
        var doubled = Math.max(0, revision - known - unknown);
        return new Tally(written, acknowledged, clearedUp + unknown, revision - doubled, lost, doubled);
    }
}
