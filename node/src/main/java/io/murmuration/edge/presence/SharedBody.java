package io.murmuration.edge.presence;

import io.murmuration.edge.presence.SharedBody.Read.Broken;
import io.murmuration.edge.presence.SharedBody.Read.Chunk;
import io.murmuration.edge.presence.SharedBody.Read.End;
import io.murmuration.edge.presence.SharedBody.Read.Later;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A body on its way from an origin to any number of readers, each at its own pace.
 *
 * <p>States: <em>whole</em> (everything so far is kept, so that readers may join from the beginning), <em>passing</em> (it became too large, or is kept
 * for nobody: what all readers have had is dropped), <em>ended</em>, <em>broken</em>, <em>abandoned</em> (no reader was left).
 *
 * <p>Owner: a {@link Fill}; one origin writes, all threads read. Callbacks must not block: they only send a message to a stream.
 * <p>Invariants: a whole body never waits for a reader. A passing one keeps at most what it had when it began to pass, or one chunk; it goes at the pace
 * of its slowest reader. One that takes nothing for {@value #PATIENCE_SECONDS} s while another has had everything is broken off.
 * <p>Limits: {@link CacheLimits#bodyBytesMax} bytes, and the budget that all fills share; a chunk counts {@value #OVERHEAD_BYTES} more than its bytes.
 */
final class SharedBody {
    private static final int OVERHEAD_BYTES = 64;

    /** Longer than the buffers of a slow connection take to make room, and shorter than what an origin's body may stand still. */
    static final int PATIENCE_SECONDS = 10;

    /** What a passing body may always hold. */
    private static final long WINDOW_BYTES = 64 * 1024;

    private final long max;
    private final ByteBudget budget;
    private final LongSupplier nanos;
    private final Runnable abandoned;
    private final List<ByteString> chunks = new ArrayList<>();
    private final Set<Reader> readers = new HashSet<>();

    private long first;
    private long bytes;
    private long taken;
    private long window;
    private boolean whole = true;
    private boolean done;
    private boolean paused;
    private long pausedNanos;
    private @Nullable Throwable failure;
    private Runnable resume = () -> {};
    private Runnable cancel = () -> {};

    /** @param abandoned is told, once, when the last reader left before the end */
    SharedBody(long max, ByteBudget budget, LongSupplier nanos, Runnable abandoned) {
        this.max = max;
        this.budget = budget;
        this.nanos = nanos;
        this.abandoned = abandoned;
    }

    /** What a reader finds. */
    sealed interface Read {
        record Chunk(ByteString bytes) implements Read {}

        record End() implements Read {}

        record Broken(Throwable cause) implements Read {}

        /** It is told when to look again. */
        record Later() implements Read {}
    }

    /** One who reads; changed under the body's lock only. */
    static final class Reader {
        private long position;
        private long tookNanos;
        private @Nullable Runnable wake;
        private boolean cutOff;
    }

    static int weight(ByteString chunk) {
        return chunk.size() + OVERHEAD_BYTES;
    }

    /** A reader from the beginning; null if that is gone. */
    synchronized @Nullable Reader join() {
        if (!whole || failure != null) {
            return null;
        }
        var reader = new Reader();
        reader.tookNanos = nanos.getAsLong();
        readers.add(reader);
        return reader;
    }

    /** Keeps only what its readers have not had yet; from now on nobody joins. */
    synchronized void pass() {
        if (whole && !done) {
            whole = false;
            window = Math.max(bytes, WINDOW_BYTES);
            trim();
        }
    }

    /** From the origin's side: how to let it go on and how to end it. False if nobody wants it any more. */
    synchronized boolean attach(Runnable resume, Runnable cancel) {
        this.resume = resume;
        this.cancel = cancel;
        return !done;
    }

    /** Whether more may come at once; if not, {@code resume} is called. */
    synchronized boolean append(ByteString chunk) {
        if (done) {
            return false;
        }
        if (whole && (bytes + weight(chunk) > max || !budget.take(weight(chunk)))) {
            pass();
        } else if (whole) {
            taken += weight(chunk);
        }
        chunks.add(chunk.compact());
        bytes += weight(chunk);
        readers.forEach(SharedBody::wake);
        paused = !whole && bytes >= window;
        if (paused) {
            pausedNanos = nanos.getAsLong();
        }
        return !paused;
    }

    /**
     * The origin is done.
     *
     * @param keep gets the chunks if all are here, before any reader learns of the end
     */
    void complete(Consumer<List<ByteString>> keep) {
        List<ByteString> all;
        synchronized (this) {
            all = whole && !done ? new ArrayList<>(chunks) : null;
        }
        if (all != null) {
            keep.accept(all);
        }
        finish(null);
    }

    /** The origin broke off, and so do all readers. */
    void fail(Throwable cause) {
        finish(cause);
    }

    private synchronized void finish(@Nullable Throwable cause) {
        if (!done) {
            done = true;
            failure = cause;
            budget.giveBack(taken);
            taken = 0;
            readers.forEach(SharedBody::wake);
        }
    }

    /** The next chunk for this reader; if there is none yet, {@code wake} is called once when it should ask again. */
    synchronized Read next(Reader reader, Runnable wake) {
        if (reader.cutOff) {
            return new Broken(new SlowReaderException());
        }
        if (reader.position < first + chunks.size()) {
            var chunk = chunks.get((int) (reader.position++ - first));
            reader.tookNanos = nanos.getAsLong();
            if (!whole) {
                trim();
            }
            return new Chunk(chunk);
        }
        if (done) {
            return failure == null ? new End() : new Broken(failure);
        }
        reader.wake = wake;
        return new Later();
    }

    /**
     * To be called now and then while more may not come: if one has had everything, it must not stand still for those at the window's beginning who
     * take nothing.
     *
     * @return whether more may still not come
     */
    synchronized boolean cutOffLaggards() {
        while (paused && !done && readers.stream().anyMatch(reader -> reader.wake != null)) {
            var slowest = slowest();
            var last = readers.stream()
                    .filter(reader -> reader.position == slowest)
                    .toList();
            if (!last.stream().allMatch(this::takesNothing)) {
                break;
            }
            for (var reader : last) {
                reader.cutOff = true;
                reader.position = Long.MAX_VALUE;
                wake(reader);
            }
            trim();
        }
        return paused && !done;
    }

    private boolean takesNothing(Reader reader) {
        var now = nanos.getAsLong();
        return Math.min(now - reader.tookNanos, now - pausedNanos) >= TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }

    /** It wants no more. The last one to leave ends the fetch. */
    void leave(Reader reader) {
        synchronized (this) {
            if (!readers.remove(reader) || done) {
                return;
            }
            if (!readers.isEmpty()) {
                trimIfPassing();
                return;
            }
            whole = false;
            finish(new AbandonedException());
            cancel.run();
        }
        abandoned.run();
    }

    private void trimIfPassing() {
        if (!whole) {
            trim();
        }
    }

    private void trim() {
        var had = (int) Math.min(Math.max(0, slowest() - first), chunks.size());
        var dropped = chunks.subList(0, had);
        bytes -= dropped.stream().mapToLong(SharedBody::weight).sum();
        dropped.clear();
        first += had;
        if (paused && bytes < window) {
            paused = false;
            resume.run();
        }
    }

    private long slowest() {
        return readers.stream().mapToLong(reader -> reader.position).min().orElse(Long.MAX_VALUE);
    }

    private static void wake(Reader reader) {
        var wake = reader.wake;
        if (wake != null) {
            reader.wake = null;
            wake.run();
        }
    }
}
