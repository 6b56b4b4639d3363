package io.murmuration.trigger.http;

import io.murmuration.http.Call;
import io.murmuration.http.Service;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.function.FunctionErrors;
import io.murmuration.protocol.function.FunctionReply;
import io.murmuration.protocol.function.FunctionReplyCodec;
import io.murmuration.protocol.function.mapping.MappingReplyCodec;
import io.murmuration.protocol.function.mapping.MappingRequest;
import io.murmuration.protocol.function.mapping.MappingRequest.CreateMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.DeleteMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.GetMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.ListMappings;
import io.murmuration.protocol.function.mapping.MappingRequest.UpdateMapping;
import io.murmuration.protocol.function.mapping.MappingRequestCodec;
import io.murmuration.trigger.Mappings;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.util.ByteString;

/** Event source mappings in Lambda's REST interface, behind the front door. */
public final class MappingAdapter implements Service {
    private static final String NAME = "lambda";
    private static final int BODY_BYTES_MAX = 64 << 10;

    private final Mappings mappings;

    public MappingAdapter(Mappings mappings) {
        this.mappings = mappings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(HttpRequest request) {
        return request.getUri().path().startsWith(MappingRequestCodec.ROOT);
    }

    @Override
    public int bodyBytesMax() {
        return BODY_BYTES_MAX;
    }

    @Override
    public boolean signed(HttpRequest request) {
        return true;
    }

    @Override
    public boolean reads(HttpRequest request) {
        return request.method().equals(HttpMethods.GET);
    }

    @Override
    public CompletionStage<HttpResponse> serve(Call call) {
        var http = call.request();
        var query = http.getUri().query();
        var request = MappingRequestCodec.decode(
                http.method().value(),
                http.getUri().path(),
                name -> query.get(name).orElse(null),
                call.body().toArrayUnsafe());
        return answer(request, call.deadlineNanos()).thenApply(MappingAdapter::encode);
    }

    private CompletionStage<FunctionReply> answer(MappingRequest request, long deadlineNanos) {
        return switch (request) {
            case CreateMapping create -> mappings.create(create, deadlineNanos).thenApply(MappingReplyCodec::accepted);
            case UpdateMapping update -> mappings.update(update, deadlineNanos).thenApply(MappingReplyCodec::accepted);
            case DeleteMapping delete -> mappings.delete(delete, deadlineNanos).thenApply(MappingReplyCodec::accepted);
            case GetMapping get -> mappings.get(get, deadlineNanos).thenApply(MappingReplyCodec::found);
            case ListMappings list ->
                mappings.list(list, deadlineNanos)
                        .thenApply(page -> MappingReplyCodec.list(page.mappings(), page.nextMarker()));
        };
    }

    @Override
    public HttpResponse refuse(Call call, ServiceError error) {
        return encode(FunctionReplyCodec.error(error));
    }

    @Override
    public HttpResponse bodyTooLarge(Call call) {
        return encode(FunctionReplyCodec.error(FunctionErrors.bodyTooLarge(BODY_BYTES_MAX)));
    }

    @Override
    public boolean checksummed() {
        return false;
    }

    private static HttpResponse encode(FunctionReply reply) {
        var response = HttpResponse.create()
                .withStatus(reply.status())
                .withEntity(
                        ContentTypes.APPLICATION_JSON,
                        ByteString.fromByteBuffer(reply.body().duplicate()));
        for (var header : reply.headers().entrySet()) {
            response = response.addHeader(RawHeader.create(header.getKey(), header.getValue()));
        }
        return response;
    }
}
