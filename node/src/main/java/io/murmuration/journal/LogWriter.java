package io.murmuration.journal;

import io.murmuration.journal.leveldb.Pairs;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The one thread that writes a log store: it takes all that waits, of all groups, writes and syncs it as one batch, and reports (group commit). While
 * the disk is busy the next batch gathers.
 */
final class LogWriter implements Runnable {
    private final Pairs pairs;
    private final HighWater highWater;
    private final LogQueue queue;
    private final Map<Integer, LogBatch.Written> written;
    private final long batchBytesMax;
    private final Halt halt;
    private final CountDownLatch ended = new CountDownLatch(1);
    private long batchNumber;

    LogWriter(
            Pairs pairs,
            HighWater highWater,
            LogQueue queue,
            Map<Integer, LogBatch.Written> written,
            long batchNumber,
            long batchBytesMax,
            Halt halt) {
        this.pairs = pairs;
        this.highWater = highWater;
        this.queue = queue;
        this.written = written;
        this.batchNumber = batchNumber;
        this.batchBytesMax = batchBytesMax;
        this.halt = halt;
    }

    void start() {
        Thread.ofPlatform().name("log-writer").daemon(true).start(this);
    }

    /** Any failure ends the process (docs/safety.md, rule 15), a callback's too: a replica that missed a report can never go on. */
    @Override
    public void run() {
        try {
            for (var taken = queue.take(batchBytesMax); !taken.isEmpty(); taken = queue.take(batchBytesMax)) {
                while (!taken.isEmpty()) {
                    complete(LogBatch.takeFrom(taken, pairs, written));
                }
            }
        } catch (InterruptedException e) {
            halt.halt("The log store's thread was interrupted; the process ends.", e);
        } catch (IOException | RuntimeException | Error e) {
            halt.halt("The log store could not write; the process ends, for nobody knows what is on the disk.", e);
        } finally {
            ended.countDown();
        }
    }

    /** Waits for what was queued before the queue was closed. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    private void complete(LogBatch batch) throws IOException {
        batchNumber++;
        batch.write(batchNumber);
        highWater.write(batchNumber);
        batch.report();
    }
}
