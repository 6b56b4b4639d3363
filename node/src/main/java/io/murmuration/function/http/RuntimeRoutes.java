package io.murmuration.function.http;

import io.murmuration.function.environment.EnvironmentProtocol.GetNext;
import io.murmuration.function.environment.EnvironmentProtocol.Message;
import io.murmuration.function.environment.EnvironmentProtocol.PostError;
import io.murmuration.function.environment.EnvironmentProtocol.PostInitError;
import io.murmuration.function.environment.EnvironmentProtocol.PostResponse;
import io.murmuration.function.environment.EnvironmentProtocol.PostTooLarge;
import io.murmuration.function.environment.EnvironmentProtocol.RuntimeWord;
import io.murmuration.function.environment.RuntimeReply;
import io.murmuration.protocol.function.FailurePayload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.util.ByteString;

/** Lambda's Runtime API, version 2018-06-01, of one environment. */
final class RuntimeRoutes {
    private static final Pattern PATH = Pattern.compile("/2018-06-01/runtime/(.+)");
    private static final Pattern OF_INVOCATION = Pattern.compile("invocation/([0-9A-Za-z-]{1,64})/(response|error)");

    private final ActorRef<Message> environment;
    private final Materializer materializer;

    RuntimeRoutes(ActorRef<Message> environment, Materializer materializer) {
        this.environment = environment;
        this.materializer = materializer;
    }

    /** A body gathered up to the largest payload; what is beyond is read and only counted. */
    private record Gathered(ByteString kept, boolean tooLarge) {
        static final Gathered NOTHING = new Gathered(ByteString.emptyByteString(), false);

        Gathered with(ByteString part) {
            return tooLarge || kept.size() + part.size() > FailurePayload.PAYLOAD_BYTES_MAX
                    ? new Gathered(ByteString.emptyByteString(), true)
                    : new Gathered(kept.concat(part), false);
        }
    }

    CompletionStage<HttpResponse> answer(HttpRequest request) {
        var path = PATH.matcher(request.getUri().path());
        if (!path.matches()) {
            return refused(request, 404, "NotFound", "There is no such path.");
        }
        var resource = path.group(1);
        if (request.method().equals(HttpMethods.GET)) {
            return resource.equals("invocation/next")
                    ? ask(GetNext::new)
                    : refused(request, 404, "NotFound", "There is no such path.");
        }
        if (!request.method().equals(HttpMethods.POST)) {
            return refused(request, 405, "MethodNotAllowed", "The method is not allowed.");
        }
        if (resource.equals("init/error")) {
            return body(request, body -> ask(answer -> new PostInitError(body.kept(), answer)));
        }
        var invocation = OF_INVOCATION.matcher(resource);
        if (!invocation.matches()) {
            return refused(request, 404, "NotFound", "There is no such path.");
        }
        var id = invocation.group(1);
        var succeeded = invocation.group(2).equals("response");
        return body(
                request,
                body -> ask(answer -> {
                    if (body.tooLarge()) {
                        return new PostTooLarge(id, answer);
                    }
                    return succeeded
                            ? new PostResponse(id, body.kept(), answer)
                            : new PostError(id, body.kept(), answer);
                }));
    }

    private CompletionStage<HttpResponse> body(
            HttpRequest request, Function<Gathered, CompletionStage<HttpResponse>> use) {
        if (request.entity() instanceof HttpEntity.Strict whole) {
            return use.apply(Gathered.NOTHING.with(whole.getData()));
        }
        return request.entity()
                .withoutSizeLimit()
                .getDataBytes()
                .runFold(Gathered.NOTHING, Gathered::with, materializer)
                .thenCompose(use);
    }

    private CompletionStage<HttpResponse> ask(Function<CompletableFuture<RuntimeReply>, RuntimeWord> word) {
        var answer = new CompletableFuture<RuntimeReply>();
        environment.tell(word.apply(answer));
        return answer.thenApply(RuntimeRoutes::encode);
    }

    private static HttpResponse encode(RuntimeReply reply) {
        return switch (reply) {
            case RuntimeReply.Assigned assigned -> encode(assigned);
            case RuntimeReply.Accepted accepted -> json(202, "{\"status\":\"OK\"}");
            case RuntimeReply.TooLarge tooLarge ->
                error(
                        413,
                        "RequestEntityTooLarge",
                        "Exceeded maximum allowed payload size (" + FailurePayload.PAYLOAD_BYTES_MAX + " bytes).");
            case RuntimeReply.UnknownInvocation unknown -> error(400, "InvalidRequestID", "Invalid request ID");
            case RuntimeReply.OutOfOrder outOfOrder ->
                error(403, "InvalidStateTransition", "The request does not fit the state of the runtime.");
        };
    }

    private static HttpResponse encode(RuntimeReply.Assigned assigned) {
        var invocation = assigned.invocation();
        var response = HttpResponse.create()
                .addHeader(RawHeader.create("Lambda-Runtime-Aws-Request-Id", invocation.requestId()))
                .addHeader(RawHeader.create("Lambda-Runtime-Deadline-Ms", Long.toString(assigned.deadlineMillis())))
                .addHeader(RawHeader.create("Lambda-Runtime-Invoked-Function-Arn", invocation.arn()))
                .withEntity(ContentTypes.APPLICATION_JSON, invocation.payload());
        if (!invocation.traceId().isEmpty()) {
            response = response.addHeader(RawHeader.create("Lambda-Runtime-Trace-Id", oneLine(invocation.traceId())));
        }
        if (!invocation.clientContext().isEmpty()) {
            response = response.addHeader(
                    RawHeader.create("Lambda-Runtime-Client-Context", oneLine(invocation.clientContext())));
        }
        return response;
    }

    /** The caller chose it, and a header ends with its line. */
    private static String oneLine(String value) {
        return value.replace('\r', ' ').replace('\n', ' ');
    }

    private CompletionStage<HttpResponse> refused(HttpRequest request, int status, String type, String message) {
        request.discardEntityBytes(materializer);
        return CompletableFuture.completedStage(error(status, type, message));
    }

    /** Type and message are ours, and need no escape. */
    private static HttpResponse error(int status, String type, String message) {
        return json(status, "{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}");
    }

    private static HttpResponse json(int status, String body) {
        return HttpResponse.create().withStatus(status).withEntity(ContentTypes.APPLICATION_JSON, body);
    }
}
