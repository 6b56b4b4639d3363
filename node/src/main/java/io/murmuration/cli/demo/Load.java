package io.murmuration.cli.demo;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Hands out the reports in batches to any number of threads, and tells each time another quarter of them is written. */
final class Load {
    private static final int NEWS = 4;

    private final List<StrikeReport> reports;
    private final IntConsumer news;
    private final AtomicInteger handedOut = new AtomicInteger();
    private final AtomicInteger written = new AtomicInteger();

    Load(List<StrikeReport> reports, IntConsumer news) {
        this.reports = reports;
        this.news = news;
    }

    /** Writes batches until none is left; another thread may do the same. */
    void run(Consumer<List<StrikeReport>> write) {
        int from = handedOut.getAndAdd(StrikeTable.BATCH_MAX);
        while (from < reports.size()) {
            var batch = reports.subList(from, Math.min(from + StrikeTable.BATCH_MAX, reports.size()));
            write.accept(batch);
            var after = written.addAndGet(batch.size());
            var step = Math.max(1, reports.size() / NEWS);
            if (after / step > (after - batch.size()) / step) {
                news.accept(after);
            }
            from = handedOut.getAndAdd(StrikeTable.BATCH_MAX);
        }
    }
}
