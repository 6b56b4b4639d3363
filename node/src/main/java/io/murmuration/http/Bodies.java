package io.murmuration.http;

import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.GZIPInputStream;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.japi.function.Predicate;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.util.ByteString;

/** Gathers the body, bounded before and after inflation. */
final class Bodies implements Step {
    private final Materializer materializer;
    private final Duration patience;
    private final Leftovers leftovers;

    Bodies(Materializer materializer, Duration patience, Leftovers leftovers) {
        this.materializer = materializer;
        this.patience = patience;
        this.leftovers = leftovers;
    }

    static boolean zipped(Call call) {
        return call.headerNames("Content-Encoding", "gzip");
    }

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        var entity = call.request().entity();
        int max = call.service().bodyBytesMax();
        if (entity.getContentLengthOption().orElse(0) > max) {
            return leftovers.dropped(call, call.service().bodyTooLarge(call));
        }
        if (entity instanceof HttpEntity.Strict strict) {
            return inflated(call, strict.getData(), next);
        }
        // one byte more than allowed tells "too large" from "just fits" without reading on
        var gathered = entity.withoutSizeLimit()
                .getDataBytes()
                .completionTimeout(patience)
                .takeWhile(new UpTo(max), true)
                .runFold(ByteString.emptyByteString(), ByteString::concat, materializer);
        return gathered.thenCompose(all -> all.size() > max ? closing(call) : inflated(call, all, next));
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
                    ErrorCode.SERIALIZATION, "The body is not in the encoding that it announces: gzip");
            return CompletableFuture.failedStage(new ServiceException(error));
        }
        return plain.length > max
                ? CompletableFuture.completedStage(call.service().bodyTooLarge(call))
                : next.pass(call.with(ByteString.fromArrayUnsafe(plain)));
    }

    private static CompletionStage<HttpResponse> closing(Call call) {
        return CompletableFuture.completedStage(Leftovers.closing(call.service().bodyTooLarge(call)));
    }

    /** Holds until more bytes than allowed have passed. */
    private static final class UpTo implements Predicate<ByteString> {
        private static final long serialVersionUID = 1L;

        private final int max;
        private long seen;

        UpTo(int max) {
            this.max = max;
        }

        @Override
        public boolean test(ByteString part) {
            seen += part.size();
            return seen <= max;
        }
    }
}
