package io.murmuration.cli.demo;

/** Additions of one to a counter, none repeated: the counter lies between those acknowledged and those together with the unknown ones. */
final class CounterLedger {
    private long written;
    private long acknowledged;
    private long unknown;

    void acknowledged() {
        written++;
        acknowledged++;
    }

    void unknown() {
        written++;
        unknown++;
    }

    /** Refused, or never sent: surely not done. */
    void notDone() {
        written++;
    }

    /** @param value of the counter in the end, 0 if it is not there */
    Tally against(long value) {
        var doubled = Math.max(0, value - acknowledged - unknown);
        return new Tally(written, acknowledged, unknown, value - doubled, Math.max(0, acknowledged - value), doubled);
    }
}
