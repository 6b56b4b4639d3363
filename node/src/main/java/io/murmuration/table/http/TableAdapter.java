package io.murmuration.table.http;

import io.murmuration.http.Call;
import io.murmuration.http.Service;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.json.DynamoErrors;
import io.murmuration.protocol.table.json.TableReplyCodec;
import io.murmuration.protocol.table.json.TableRequestCodec;
import io.murmuration.protocol.table.operation.DynamoOperation;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.table.Tables;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.jspecify.annotations.Nullable;

/** DynamoDB: a POST whose header {@code X-Amz-Target} names the operation and whose body is its input as JSON. */
public final class TableAdapter implements Service {
    private static final String TARGET = "X-Amz-Target";
    private static final String NAME = "dynamodb";
    private static final ContentType AMZ_JSON =
            MediaTypes.applicationBinary("x-amz-json-1.0", true).toContentType();
    private static final byte[] HEALTHY =
            "healthy: dynamodb.us-east-1.amazonaws.com ".getBytes(StandardCharsets.US_ASCII);

    private final Tables tables;
    private final Executor encoding;
    private final int bodyBytesMax;

    /**
     * @param encoding runs what turns replies into bytes, so that the threads that decide need not
     * @param bodyBytesMax DynamoDB's own is 16 MiB
     */
    public TableAdapter(Tables tables, Executor encoding, int bodyBytesMax) {
        this.tables = tables;
        this.encoding = encoding;
        this.bodyBytesMax = bodyBytesMax;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Its targets are its own; and it is the service that answers at the root, as long as nothing else lives there. */
    @Override
    public boolean accepts(HttpRequest request) {
        var target = target(request);
        return target != null
                ? target.startsWith("DynamoDB")
                : request.getUri().path().equals("/");
    }

    @Override
    public int bodyBytesMax() {
        return bodyBytesMax;
    }

    @Override
    public boolean signed(HttpRequest request) {
        return DynamoOperation.ofTarget(target(request)) != null && isPost(request);
    }

    @Override
    public boolean reads(HttpRequest request) {
        var operation = DynamoOperation.ofTarget(target(request));
        return operation == null || operation.reads();
    }

    @Override
    public CompletionStage<HttpResponse> serve(Call call) {
        if (!isPost(call.request())) {
            return CompletableFuture.completedStage(notAnOperation(call.request()));
        }
        var operation = DynamoOperation.ofTarget(target(call.request()));
        if (operation == null) {
            throw new ServiceException(DynamoErrors.unknownOperation());
        }
        var request = TableRequestCodec.decode(operation, call.body().toArrayUnsafe());
        return tables.answer(request, call.deadlineNanos(), reply -> encode(call, reply), encoding);
    }

    @Override
    public HttpResponse refuse(Call call, ServiceError error) {
        return refusal(call, error);
    }

    static HttpResponse refusal(Call call, ServiceError error) {
        return HttpResponse.create()
                .withStatus(error.code().status())
                .withEntity(HttpEntities.create(contentType(call), DynamoErrors.encode(error)));
    }

    /** Without a body and a type: what the client sees is the status. */
    @Override
    public HttpResponse bodyTooLarge(Call call) {
        return tooLarge();
    }

    static HttpResponse tooLarge() {
        return HttpResponse.create().withStatus(413);
    }

    @Override
    public boolean checksummed() {
        return true;
    }

    private static HttpResponse encode(Call call, TableReply reply) {
        return HttpResponse.create().withEntity(HttpEntities.create(contentType(call), TableReplyCodec.encode(reply)));
    }

    /** What load balancers ask, answered as DynamoDB's own does. */
    private static HttpResponse notAnOperation(HttpRequest request) {
        return request.method().equals(HttpMethods.GET)
                ? HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, HEALTHY))
                : HttpResponse.create()
                        .withStatus(404)
                        .withEntity(ContentTypes.TEXT_XML_UTF8, "<UnknownOperationException/>\n");
    }

    /** As the request's: {@code application/json} for who spoke it, DynamoDB's own else. */
    static ContentType contentType(Call call) {
        var mediaType = call.request().entity().getContentType().mediaType();
        return mediaType.equals(MediaTypes.APPLICATION_JSON) ? ContentTypes.APPLICATION_JSON : AMZ_JSON;
    }

    static boolean isPost(HttpRequest request) {
        return request.method().equals(HttpMethods.POST);
    }

    static @Nullable String target(HttpRequest request) {
        return request.getHeader(TARGET).map(header -> header.value()).orElse(null);
    }
}
