package io.murmuration.cli.demo;

import java.util.List;

/**
 * What writers did, against what is there in the end. Each number counts writes.
 *
 * @param acknowledged answered with success
 * @param unknown ended in an error that leaves open whether they were done
 * @param found whose effect is there
 * @param lost acknowledged and not there
 * @param doubled there more often than they can be
 */
record Tally(long written, long acknowledged, long unknown, long found, long lost, long doubled) {
    static Tally sum(List<Tally> tallies) {
        return tallies.stream()
                .reduce(
                        new Tally(0, 0, 0, 0, 0, 0),
                        (a, b) -> new Tally(
                                a.written + b.written,
                                a.acknowledged + b.acknowledged,
                                a.unknown + b.unknown,
                                a.found + b.found,
                                a.lost + b.lost,
                                a.doubled + b.doubled));
    }

    /** What the demo claims: nothing acknowledged is lost, and nothing was done twice. */
    boolean holds() {
        return lost == 0 && doubled == 0;
    }
}
