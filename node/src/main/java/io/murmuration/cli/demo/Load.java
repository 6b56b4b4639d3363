package io.murmuration.cli.demo;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Hands out the reports in batches to any number of threads. */
final class Load {
    private final List<StrikeReport> reports;
    private final AtomicInteger handedOut = new AtomicInteger();

    Load(List<StrikeReport> reports) {
        this.reports = reports;
    }

    /** Writes batches until none is left; another thread may do the same. */
    void run(Consumer<List<StrikeReport>> write) {
        int from = handedOut.getAndAdd(StrikeTable.BATCH_MAX);
        while (from < reports.size()) {
            write.accept(reports.subList(from, Math.min(from + StrikeTable.BATCH_MAX, reports.size())));
            from = handedOut.getAndAdd(StrikeTable.BATCH_MAX);
        }
    }
}
