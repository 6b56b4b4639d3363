package io.murmuration.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** Ports that a local cluster could use just now. */
final class FreePorts {
    static final int REMOTING_OFFSET = 10_000;

    private static final int NODES = 3;
    private static final int LAST = 65_535;

    private FreePorts() {}

    /** The first of some that are free together with those that nodes use towards each other. */
    static int first() throws IOException {
        int port = 0;
        while (port == 0) {
            try (var first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                var candidate = first.getLocalPort();
                port = areFreeBut(candidate) ? candidate : 0;
            }
        }
        return port;
    }

    private static boolean areFreeBut(int first) {
        return first + NODES + REMOTING_OFFSET <= LAST
                && IntStream.range(1, NODES).allMatch(node -> isFree(first + node))
                && IntStream.range(0, NODES).allMatch(node -> isFree(first + node + REMOTING_OFFSET));
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
