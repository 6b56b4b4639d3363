package io.murmuration.function.http;

import io.murmuration.function.Deployment;
import io.murmuration.function.FunctionRegistry;
import io.murmuration.function.Functions;
import io.murmuration.function.queue.AsyncInvocations;
import io.murmuration.http.Call;
import io.murmuration.http.Service;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionErrors;
import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.function.FunctionReply;
import io.murmuration.protocol.function.FunctionReplyCodec;
import io.murmuration.protocol.function.FunctionRequest;
import io.murmuration.protocol.function.FunctionRequest.CreateFunction;
import io.murmuration.protocol.function.FunctionRequest.DeleteFunction;
import io.murmuration.protocol.function.FunctionRequest.GetFunction;
import io.murmuration.protocol.function.FunctionRequest.GetFunctionConfiguration;
import io.murmuration.protocol.function.FunctionRequest.Invoke;
import io.murmuration.protocol.function.FunctionRequest.ListFunctions;
import io.murmuration.protocol.function.FunctionRequest.UpdateFunctionCode;
import io.murmuration.protocol.function.FunctionRequest.UpdateFunctionConfiguration;
import io.murmuration.protocol.function.FunctionRequestCodec;
import io.murmuration.protocol.function.InvocationPayload;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.util.ByteString;

/** Lambda's REST interface behind the front door. */
public final class FunctionAdapter implements Service {
    private static final String NAME = "lambda";
    private static final String SCOPE = "/lambda/aws4_request";
    private static final String INVOCATIONS = "/invocations";

    /** For the catalogue, and the disks and connections of those who store code. */
    private static final Duration CODE_PATIENCE = Duration.ofSeconds(90);

    private final Functions functions;
    private final AsyncInvocations events;
    private final FunctionRegistry registry;
    private final Function<Deployment, String> codeLocation;
    private final Function<FunctionName, String> arn;
    private final Duration invocationPatience;
    private final CodeUploads uploads;

    /**
     * @param codeLocation URL at which a function's code may be fetched
     * @param arn of a function, whether there is one or not
     * @param invocationPatience longer than any invocation may take, waiting included
     * @param folder for code while it is uploaded
     * @param disk runs what waits for the disk
     */
    public FunctionAdapter(
            Functions functions,
            AsyncInvocations events,
            FunctionRegistry registry,
            Function<Deployment, String> codeLocation,
            Function<FunctionName, String> arn,
            Duration invocationPatience,
            Path folder,
            Materializer materializer,
            Executor disk) {
        this.functions = functions;
        this.events = events;
        this.registry = registry;
        this.codeLocation = codeLocation;
        this.arn = arn;
        this.invocationPatience = invocationPatience;
        this.uploads = new CodeUploads(folder, materializer, disk);
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Also whatever else is signed for Lambda, so that an operation which is not here is refused in its words. */
    @Override
    public boolean accepts(HttpRequest request) {
        return request.getUri().path().startsWith(FunctionRequestCodec.ROOT)
                || request.getHeader("Authorization")
                        .filter(signature -> signature.value().contains(SCOPE))
                        .isPresent();
    }

    /** Of an invocation, or a configuration: code is read as it comes. */
    @Override
    public int bodyBytesMax() {
        return FunctionErrors.REQUEST_BYTES_MAX;
    }

    @Override
    public boolean streams(HttpRequest request) {
        return FunctionRequestCodec.carriesCode(
                request.method().value(), request.getUri().path());
    }

    @Override
    public Duration patience(HttpRequest request, Duration usual) {
        if (streams(request)) {
            return CODE_PATIENCE;
        }
        return FunctionRequestCodec.invokes(request.getUri().path()) ? invocationPatience : usual;
    }

    @Override
    public boolean signed(HttpRequest request) {
        return true;
    }

    @Override
    public boolean waitsForServices(HttpRequest request) {
        return request.getUri().path().endsWith(INVOCATIONS);
    }

    @Override
    public boolean reads(HttpRequest request) {
        return request.method().equals(HttpMethods.GET);
    }

    @Override
    public CompletionStage<HttpResponse> serve(Call call) {
        var reply = streams(call.request())
                ? uploads.receive(call, body -> decoded(call, body), request -> answer(call, request))
                : answer(call, decoded(call, call.body().asInputStream()));
        return reply.thenApply(FunctionAdapter::encode);
    }

    private static FunctionRequest decoded(Call call, InputStream body) {
        var http = call.request();
        var query = http.getUri().query();
        return FunctionRequestCodec.decode(
                http.method().value(),
                http.getUri().path(),
                name -> query.get(name).orElse(null),
                name -> call.header(name).orElse(null),
                body);
    }

    private CompletionStage<FunctionReply> answer(Call call, FunctionRequest request) {
        return switch (request) {
            case CreateFunction create -> registry.create(create).thenApply(FunctionReplyCodec::created);
            case UpdateFunctionCode update -> registry.updateCode(update).thenApply(FunctionReplyCodec::configuration);
            case UpdateFunctionConfiguration update ->
                registry.updateConfiguration(update).thenApply(FunctionReplyCodec::configuration);
            case DeleteFunction delete -> registry.delete(delete).thenApply(done -> FunctionReplyCodec.done());
            case ListFunctions list ->
                registry.list(list).thenApply(page -> FunctionReplyCodec.list(page.functions(), page.nextMarker()));
            case GetFunction get ->
                find(get.name())
                        .thenApply(found -> FunctionReplyCodec.function(
                                found.configuration(), codeLocation.apply(found), found.reservedConcurrency()));
            case GetFunctionConfiguration get ->
                find(get.name()).thenApply(found -> FunctionReplyCodec.configuration(found.configuration()));
            case Invoke invoke -> invoke(call, invoke);
        };
    }

    private CompletionStage<FunctionReply> invoke(Call call, Invoke invoke) {
        return switch (invoke.type()) {
            case REQUEST_RESPONSE -> invokeAndWait(call, invoke);
            case DRY_RUN -> find(invoke.name()).thenApply(found -> FunctionReplyCodec.done());
            case EVENT -> find(invoke.name()).thenCompose(found -> enqueue(call, invoke));
        };
    }

    private CompletionStage<FunctionReply> enqueue(Call call, Invoke invoke) {
        var payload = InvocationPayload.checked(call.body().toArrayUnsafe());
        var event = new AsyncInvocations.Event(
                invoke.name(), ByteString.fromArrayUnsafe(payload), traceId(call), invoke.clientContext());
        return events.enqueue(event, call.deadlineNanos())
                .thenApply(id -> FunctionReplyCodec.queued().identified(id));
    }

    private static String traceId(Call call) {
        return call.header("X-Amzn-Trace-Id").orElse("");
    }

    private CompletionStage<FunctionReply> invokeAndWait(Call call, Invoke invoke) {
        var payload = InvocationPayload.checked(call.body().toArrayUnsafe());
        return functions
                .invoke(new Functions.Call(
                        invoke.name(),
                        ByteString.fromArrayUnsafe(payload),
                        traceId(call),
                        invoke.clientContext(),
                        invoke.wantsLog()))
                .thenApply(answer -> FunctionReplyCodec.invoked(
                                answer.result().payload().asByteBuffer(),
                                answer.version(),
                                answer.result().functionError().orElse(null),
                                answer.result()
                                        .logTail()
                                        .map(ByteString::toArray)
                                        .orElse(null))
                        .identified(answer.result().requestId()));
    }

    private CompletionStage<Deployment> find(FunctionName name) {
        return registry.find(name.name(), name.qualifierOrLatest())
                .thenApply(found ->
                        found.orElseThrow(() -> new ServiceException(FunctionErrors.notFound(arn.apply(name)))));
    }

    @Override
    public HttpResponse refuse(Call call, ServiceError error) {
        return encode(FunctionReplyCodec.error(error));
    }

    @Override
    public HttpResponse bodyTooLarge(Call call) {
        return encode(FunctionReplyCodec.error(FunctionErrors.requestTooLarge()));
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
