package io.murmuration.cluster;

import io.murmuration.cluster.Links.CallException;
import io.murmuration.cluster.Links.CallTimeout;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Calls to one node that wait for their answers, by number. Each ends once. Any thread. */
final class Calls {
    private record Pending(long deadlineMillis, CompletableFuture<byte[]> result) {}

    private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /** The number of a new call. */
    long begin(long deadlineMillis, CompletableFuture<byte[]> result) {
        var number = last.incrementAndGet();
        pending.put(number, new Pending(deadlineMillis, result));
        return number;
    }

    int size() {
        return pending.size();
    }

    void answered(long number, byte[] answer) {
        var call = pending.remove(number);
        if (call != null) {
            call.result.complete(answer);
        }
    }

    void failed(long number, CallException failure) {
        fail(pending.remove(number), failure);
    }

    void allFailed(CallException failure) {
        pending.keySet().forEach(number -> failed(number, failure));
    }

    void expire(long nowMillis) {
        pending.forEach((number, call) -> {
            if (call.deadlineMillis <= nowMillis) {
                failed(number, new CallTimeout("no answer in time"));
            }
        });
    }

    private static void fail(@Nullable Pending call, CallException failure) {
        if (call != null) {
            call.result.completeExceptionally(failure);
        }
    }
}
