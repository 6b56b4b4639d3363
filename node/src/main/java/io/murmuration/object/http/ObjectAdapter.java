package io.murmuration.object.http;

import io.murmuration.http.Call;
import io.murmuration.http.FrontDoor;
import io.murmuration.http.Service;
import io.murmuration.object.Caller;
import io.murmuration.object.Objects;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectAddress;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.operation.ObjectOperation;
import io.murmuration.protocol.object.operation.ObjectRequestCodec;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * S3: told by the scope of its signature, by a host of its own or a bucket's, else by a path that nothing else has: it stands behind the services
 * that have paths or targets. Who shows no signature is served too, so that browsers and the CDN can read.
 */
public final class ObjectAdapter implements Service {
    private static final String NAME = "s3";
    private static final String TARGET = "X-Amz-Target";
    private static final String SCOPE = "/s3/aws4_request";
    /** The largest document: 10,000 parts, each with its checksum. */
    private static final int DOCUMENT_BYTES_MAX = 4 << 20;
    /** What of an unread body is read and dropped, so that its client sees the answer. */
    private static final long DROPPED_BYTES_MAX = 1 << 20;

    private static final Set<ObjectOperation> LONG = EnumSet.of(
            ObjectOperation.PUT_OBJECT,
            ObjectOperation.UPLOAD_PART,
            ObjectOperation.COPY_OBJECT,
            ObjectOperation.UPLOAD_PART_COPY);

    private static final Source<ByteString, ?> NOTHING = Source.empty();

    private final Objects objects;
    private final Materializer materializer;
    private final String nodeName;

    /** @param nodeName told in errors */
    public ObjectAdapter(Objects objects, Materializer materializer, String nodeName) {
        this.objects = objects;
        this.materializer = materializer;
        this.nodeName = nodeName;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(HttpRequest request) {
        if (request.getHeader(TARGET).isPresent()) {
            return false;
        }
        var authorization = request.getHeader("Authorization").map(header -> header.value());
        if (authorization.isPresent() && authorization.get().contains("/aws4_request")) {
            return authorization.get().contains(SCOPE);
        }
        var host = RequestHeads.host(request);
        return ObjectAddress.isServiceHost(host)
                || !ObjectAddress.bucketOfHost(host).isEmpty()
                || !request.getUri().path().equals("/");
    }

    @Override
    public int bodyBytesMax() {
        return DOCUMENT_BYTES_MAX;
    }

    @Override
    public boolean streams(HttpRequest request) {
        var operation = operation(request);
        return operation != null && operation.body() == ObjectOperation.Body.STREAM;
    }

    /** Bodies take as long as they take; their silence is bounded elsewhere. */
    @Override
    public Duration patience(HttpRequest request, Duration usual) {
        var operation = operation(request);
        return operation != null && LONG.contains(operation) ? FrontDoor.PATIENCE_MAX : usual;
    }

    @Override
    public boolean signed(HttpRequest request) {
        return request.getHeader("Authorization").isPresent();
    }

    @Override
    public boolean reads(HttpRequest request) {
        var operation = operation(request);
        return operation == null || operation.reads();
    }

    @Override
    public CompletionStage<HttpResponse> serve(Call call) {
        var head = RequestHeads.of(call.request());
        var address = ObjectAddress.of(head);
        var operation = ObjectOperation.of(head, address);
        boolean streams = operation.body() == ObjectOperation.Body.STREAM;
        var begun = new AtomicBoolean();
        try {
            var request = ObjectRequestCodec.decode(
                    operation, head, address, call.body().toArrayUnsafe());
            var answered =
                    objects.answer(request, streams ? body(call, begun) : NOTHING, new Caller(call.id(), "127.0.0.1"));
            return answered.thenApply(answer -> identified(ObjectResponses.of(answer, head), call))
                    .exceptionallyCompose(failure -> streams ? dropped(call, begun, failure) : failed(failure));
        } catch (ServiceException refused) {
            return streams ? dropped(call, begun, refused) : failed(refused);
        }
    }

    private static Source<ByteString, ?> body(Call call, AtomicBoolean begun) {
        return Source.lazySource(() -> {
            begun.set(true);
            return call.request().entity().withoutSizeLimit().getDataBytes();
        });
    }

    /** A refusal while the body is still coming: what is short is read first, else the connection ends with the answer. */
    private CompletionStage<HttpResponse> dropped(Call call, AtomicBoolean begun, Throwable failure) {
        var refusal = refusal(failure);
        if (refusal == null) {
            return failed(failure);
        }
        var entity = call.request().entity();
        long bytes = entity.getContentLengthOption().orElse(Long.MAX_VALUE);
        if (begun.get() || bytes > DROPPED_BYTES_MAX) {
            return CompletableFuture.completedFuture(
                    refuse(call, refusal.error()).addHeader(Connection.create("close")));
        }
        return entity.discardBytes(materializer).completionStage().handle((read, cut) -> refuse(call, refusal.error()));
    }

    private static @Nullable ServiceException refusal(Throwable failure) {
        var cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof ServiceException refused ? refused : null;
    }

    private static <T> CompletionStage<T> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }

    @Override
    public HttpResponse refuse(Call call, ServiceError error) {
        var head = RequestHeads.of(call.request());
        return identified(ObjectResponses.refusal(error, head, call.id(), nodeName), call);
    }

    @Override
    public HttpResponse bodyTooLarge(Call call) {
        return refuse(
                call,
                new ServiceError(
                        ObjectError.ENTITY_TOO_LARGE, "Your proposed upload exceeds the maximum allowed size"));
    }

    @Override
    public boolean checksummed() {
        return false;
    }

    private HttpResponse identified(HttpResponse response, Call call) {
        return response.addHeader(RawHeader.create("x-amz-request-id", call.id()))
                .addHeader(RawHeader.create("x-amz-id-2", nodeName));
    }

    /** Null if it is none: it is refused when it is served. */
    private static @Nullable ObjectOperation operation(HttpRequest request) {
        try {
            var head = RequestHeads.of(request);
            return ObjectOperation.of(head, ObjectAddress.of(head));
        } catch (ServiceException refused) {
            return null;
        }
    }
}
