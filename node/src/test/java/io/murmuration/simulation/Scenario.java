package io.murmuration.simulation;

import java.util.random.RandomGenerator;

/**
 * What kind of trouble a run is made of. Times are milliseconds, probabilities parts of a thousand.
 *
 * @param lossPermille messages lost, {@code doublePermille} messages doubled
 * @param delayMicrosMax a message takes up to this long, one in fifty ten times as long
 * @param syncMicrosMax likewise a sync of the disk
 * @param appendBytesMax small ones bring entries singly
 * @param troubleMillis mean time between two troubles
 * @param buries whether one node, of several, goes down for good
 * @param lateCopiesPerMyriad of ten thousand messages a copy comes seconds later
 * @param hunted whether troubles strike fresh leaders (so dissertation, figure 3.7, comes about)
 */
record Scenario(
        int nodes,
        int lossPermille,
        int doublePermille,
        int delayMicrosMax,
        int syncMicrosMax,
        int appendBytesMax,
        int inFlightAppendsMax,
        int troubleMillis,
        boolean buries,
        int lateCopiesPerMyriad,
        boolean hunted,
        int operationMicros) {

    static Scenario of(RandomGenerator random) {
        var kind = random.nextInt(20);
        var hunted = kind > 0 && kind <= 8;
        var nodes = kind == 0 ? 1 : hunted || kind < 14 ? 3 : 5;
        return new Scenario(
                nodes,
                random.nextInt(3) == 0 ? random.nextInt(100) : 0,
                random.nextInt(3) == 0 ? random.nextInt(100) : 0,
                500 + random.nextInt(hunted ? 20_000 : 8_000),
                500 + random.nextInt(random.nextInt(3) == 0 ? 80_000 : 10_000),
                hunted || random.nextBoolean() ? 1 : 64 * 1024,
                hunted ? 1 : 4,
                hunted ? 2_000 : 100 + random.nextInt(500),
                nodes > 1 && random.nextInt(3) == 0,
                random.nextInt(2) == 0 ? 1 + random.nextInt(100) : 0,
                hunted,
                8_000 + random.nextInt(30_000));
    }
}
