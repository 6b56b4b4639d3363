package io.murmuration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Ports that a test's nodes could use just now. They lie below those that the system gives to outgoing connections, which come and go and would take
 * one between the look and the use.
 */
public final class FreePorts {
    /** From a node's port for clients to its port for other nodes. */
    public static final int REMOTING_OFFSET = 10_000;

    private static final int FROM = 11_000;
    private static final int TO = 22_000;
    private static final int ATTEMPTS_MAX = 1_000;
    private static final Random RANDOM = new Random();
    private static final BitSet GIVEN = new BitSet();

    private FreePorts() {}

    /** The first of so many in a row that are free together with those that nodes use towards each other, and that nobody was given before. */
    public static synchronized int row(int nodes) {
        for (var attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var first = FROM + RANDOM.nextInt(TO - FROM - nodes);
            if (IntStream.range(first, first + nodes)
                    .allMatch(port -> !GIVEN.get(port) && isFree(port) && isFree(port + REMOTING_OFFSET))) {
                GIVEN.set(first, first + nodes);
                return first;
            }
        }
        throw new IllegalStateException("no free ports");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
