package io.murmuration.table.http;

import io.murmuration.http.Call;
import io.murmuration.http.Service;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.table.json.StreamReplyCodec;
import io.murmuration.protocol.table.json.StreamRequestCodec;
import io.murmuration.table.Streams;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** DynamoDB Streams: spoken as DynamoDB is, with targets of its own. */
public final class StreamAdapter implements Service {
    private static final String NAME = "dynamodbstreams";
    private static final int BODY_BYTES_MAX = 64 * 1024;

    private final Streams streams;
    private final Executor encoding;

    /** @param encoding runs what turns replies into bytes, so that the threads that read need not */
    public StreamAdapter(Streams streams, Executor encoding) {
        this.streams = streams;
        this.encoding = encoding;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(HttpRequest request) {
        var target = TableAdapter.target(request);
        return target != null && target.startsWith(StreamRequestCodec.TARGET_PREFIX) && TableAdapter.isPost(request);
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
        return true;
    }

    @Override
    public CompletionStage<HttpResponse> serve(Call call) {
        var request = StreamRequestCodec.decode(
                TableAdapter.target(call.request()), call.body().toArrayUnsafe());
        return streams.answer(
                request,
                call.deadlineNanos(),
                reply -> HttpResponse.create()
                        .withEntity(
                                HttpEntities.create(TableAdapter.contentType(call), StreamReplyCodec.encode(reply))),
                encoding);
    }

    @Override
    public HttpResponse refuse(Call call, ServiceError error) {
        return TableAdapter.refusal(call, error);
    }

    @Override
    public HttpResponse bodyTooLarge(Call call) {
        return TableAdapter.tooLarge();
    }

    @Override
    public boolean checksummed() {
        return true;
    }
}
