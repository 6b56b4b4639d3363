package io.murmuration.http;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.CompletionTimeoutException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.StreamLimitReachedException;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers the body, bounded before and after inflation. */
final class Bodies implements Step {
    private static final Logger log = LoggerFactory.getLogger(Bodies.class);
    private static final ServiceError LATE = new ServiceError(
            CommonError.REQUEST_TIMEOUT,
            "The request's body did not arrive in time; nothing was done and it may be sent again.");

    /** Its client is gone, or what it sent is not HTTP: nothing is wrong here. */
    private static final ServiceError BROKEN_OFF =
            new ServiceError(CommonError.SERIALIZATION, "The request's body broke off before its end.");

    private final Materializer materializer;
    private final Duration patience;
    private final Leftovers leftovers;

    Bodies(Materializer materializer, Duration patience, Leftovers leftovers) {
        this.materializer = materializer;
        this.patience = patience;
        this.leftovers = leftovers;
    }

    static boolean zipped(Call call) {
        return !call.hosted() && call.headerNames("Content-Encoding", "gzip");
    }

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        if (call.service().streams(call.request())) {
            return next.pass(call);
        }
        var entity = call.request().entity();
        int max = call.service().bodyBytesMax();
        if (entity.getContentLengthOption().orElse(0) > max) {
            return leftovers.dropped(call, call.service().bodyTooLarge(call));
        }
        if (entity instanceof HttpEntity.Strict strict) {
            return inflated(call, strict.getData(), next);
        }
        return entity.withoutSizeLimit()
                .getDataBytes()
                .completionTimeout(patience)
                .limitWeighted(max, part -> (long) part.size())
                .runFold(ByteString.emptyByteString(), ByteString::concat, materializer)
                .handle((all, cut) -> cut == null ? inflated(call, all, next) : notWhole(call, Failures.cause(cut)))
                .thenCompose(Function.identity());
    }

    private static CompletionStage<HttpResponse> notWhole(Call call, Throwable failure) {
        return switch (failure) {
            case StreamLimitReachedException tooLarge ->
                CompletableFuture.completedStage(
                        Leftovers.closing(call.service().bodyTooLarge(call)));
            case CompletionTimeoutException late -> CompletableFuture.failedStage(new ServiceException(LATE));
            default -> {
                log.debug("A request's body broke off. id={}", call.id(), failure);
                yield CompletableFuture.failedStage(new ServiceException(BROKEN_OFF));
            }
        };
    }

    private CompletionStage<HttpResponse> inflated(Call call, ByteString body, Next next) {
        if (!zipped(call)) {
            return next.pass(call.with(body));
        }
        int max = call.service().bodyBytesMax();
        byte[] plain;
        try (var unzipped = new GZIPInputStream(body.asInputStream())) {
            plain = unzipped.readNBytes(max + 1);
        } catch (IOException broken) {
            var error = new ServiceError(
                    CommonError.SERIALIZATION, "The body is not in the encoding that it announces: gzip");
            return CompletableFuture.failedStage(new ServiceException(error));
        }
        return plain.length > max
                ? CompletableFuture.completedStage(call.service().bodyTooLarge(call))
                : next.pass(call.with(ByteString.fromArrayUnsafe(plain)));
    }
}
