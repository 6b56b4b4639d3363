package io.murmuration.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The shells that this command started, each of which runs a node. They are there before any pid file tells of their nodes, so that a start that is
 * broken off leaves nothing.
 */
final class Wrappers {
    private final List<Process> started = new ArrayList<>();
    private boolean ended;

    synchronized Process start(ProcessBuilder builder) throws IOException {
        if (ended) {
            throw CommandFailed.failed("The nodes are being stopped.");
        }
        var wrapper = builder.start();
        started.add(wrapper);
        return wrapper;
    }

    /** Has each of them end its node and itself; none is started any more. */
    synchronized void end() {
        ended = true;
        started.forEach(Process::destroy);
    }

    synchronized boolean anyRuns() {
        return started.stream().anyMatch(Process::isAlive);
    }
}
