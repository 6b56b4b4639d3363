package io.murmuration.http;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Bounds the requests at work, by number and by bytes of their bodies. What is beyond is throttled at once: a queue here would only hide the overload
 * and let deadlines pass in it. Requests that wait for services are counted apart: a function may ask a service of this node before it answers, and would be turned
 * away if its own callers had taken all the places. While the node stops, every new request is turned away with its connection, so that the client tries another node.
 */
final class InFlight implements Step {
    static final ServiceError TOO_MANY =
            new ServiceError(CommonError.THROTTLING, "Rate of requests exceeds the allowed throughput.");
    private static final ServiceError STOPPING = new ServiceError(
            CommonError.UNAVAILABLE, "This node is stopping; the request had no effect and may be sent again.");

    private final int requestsMax;
    private final long bytesMax;
    private final Leftovers leftovers;
    private final AtomicInteger toServices = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean stopping;

    InFlight(int requestsMax, long bytesMax, Leftovers leftovers) {
        this.requestsMax = requestsMax;
        this.bytesMax = bytesMax;
        this.leftovers = leftovers;
    }

    void stop() {
        stopping = true;
    }

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        if (stopping) {
            return leftovers.dropped(call, Leftovers.closing(call.service().refuse(call, STOPPING)));
        }
        long size = bytesFor(call);
        var requests = call.service().waitsForServices(call.request()) ? waiting : toServices;
        int requestsNow = requests.incrementAndGet();
        long bytesNow = bytes.addAndGet(size);
        if (requestsNow > requestsMax || bytesNow > bytesMax) {
            release(requests, size);
            return leftovers.dropped(call, call.service().refuse(call, TOO_MANY));
        }
        return next.pass(call).whenComplete((response, failure) -> release(requests, size));
    }

    private void release(AtomicInteger requests, long size) {
        requests.decrementAndGet();
        bytes.addAndGet(-size);
    }

    /** What the body may come to in memory: its announced length, or the service's bound where that says nothing about it. */
    private static long bytesFor(Call call) {
        if (call.service().streams(call.request())) {
            return 0;
        }
        int bound = call.service().bodyBytesMax();
        var length = call.request().entity().getContentLengthOption();
        boolean tells = length.isPresent() && !Bodies.zipped(call);
        return tells ? Math.min(length.getAsLong(), bound) : bound;
    }
}
