package io.murmuration.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.IntStream;

/** Ports for the nodes of a comparison, below those that the system gives to outgoing connections: one of these could take them in between. */
final class FreePorts {
    private static final int FROM = 22_000;
    private static final int TO = 32_000;
    private static final int ATTEMPTS_MAX = 1_000;

    private FreePorts() {}

    /** The first of so many in a row that are free just now. */
    static int row(int count) {
        return new Random()
                .ints(ATTEMPTS_MAX, FROM, TO - count)
                .filter(first -> IntStream.range(first, first + count).allMatch(FreePorts::isFree))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free ports"));
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
