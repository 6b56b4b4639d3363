package io.murmuration.gateway.http;

import io.murmuration.function.Functions;
import io.murmuration.gateway.ServedApi.FunctionTarget;
import io.murmuration.gateway.http.Outcome.Failure;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionError;
import io.murmuration.protocol.gateway.payload.EventWriter;
import io.murmuration.protocol.gateway.payload.FunctionAnswer;
import io.murmuration.protocol.gateway.payload.Header;
import io.murmuration.protocol.gateway.payload.ProxyRequest;
import java.util.ArrayList;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lambda proxy integrations: the request becomes an event, and what the function returns becomes the answer. */
final class FunctionIntegration {
    private static final Logger log = LoggerFactory.getLogger(FunctionIntegration.class);

    private final Functions functions;
    private final String account;

    FunctionIntegration(Functions functions, String account) {
        this.functions = functions;
        this.account = account;
    }

    CompletionStage<Outcome> answer(Visit visit, FunctionTarget target) {
        var event = EventWriter.write(request(visit), target.format());
        var call = new Functions.Call(target.function(), ByteString.fromArrayUnsafe(event), visit.trace(), "", false);
        return functions
                .invoke(call)
                .toCompletableFuture()
                .copy()
                .orTimeout(target.timeoutMillis(), TimeUnit.MILLISECONDS)
                .handle((answer, failure) -> answer == null ? failed(visit, failure) : answered(answer, target));
    }

    private ProxyRequest request(Visit visit) {
        var http = visit.request();
        var headers = new ArrayList<Header>();
        for (HttpHeader header : http.getHeaders()) {
            headers.add(new Header(header.name(), header.value()));
        }
        var stage = visit.served().stage().stage();
        return new ProxyRequest(
                http.method().value(),
                visit.served().fullPath(),
                http.getUri().rawQueryString().orElse(""),
                http.protocol().value(),
                headers,
                Entities.contentType(http.entity()),
                visit.body().toArrayUnsafe(),
                visit.arrival().sourceIp(),
                visit.address().domainName(),
                visit.arrival().port(),
                account,
                visit.api().api().id(),
                stage.name(),
                stage.variables(),
                visit.route().key().text(),
                visit.route().key().path(),
                visit.match().parameters(),
                visit.id(),
                visit.trace(),
                visit.arrival().millis());
    }

    private static Outcome answered(Functions.Answer answer, FunctionTarget target) {
        var result = answer.result();
        if (result.functionError().isPresent()) {
            return new Outcome(
                    Failure.INTERNAL.response(), 200, "The function ended with an error.", result.requestId());
        }
        var understood = FunctionAnswer.of(result.payload().toArrayUnsafe(), target.format());
        if (understood.isEmpty()) {
            return new Outcome(
                    Failure.INTERNAL.response(),
                    200,
                    "The function's answer does not have the form of payload format " + target.format() + ".",
                    result.requestId());
        }
        return new Outcome(response(understood.get()), understood.get().status(), "", result.requestId());
    }

    private static HttpResponse response(FunctionAnswer answer) {
        var status = Entities.status(answer.status());
        var entity = status.allowsEntity() ? Entities.of(answer.contentType(), answer.body()) : HttpEntities.EMPTY;
        var headers = new ArrayList<HttpHeader>();
        for (var header : answer.headers()) {
            Entities.add(headers, header.name(), header.value());
        }
        return HttpResponse.create().withStatus(status).withEntity(entity).addHeaders(headers);
    }

    private static Outcome failed(Visit visit, Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case TimeoutException late ->
                Outcome.failed(Failure.UNAVAILABLE, "The function did not answer in the integration's time.");
            case ServiceException refusal ->
                Outcome.failed(failure(refusal.error()), refusal.error().message());
            default -> {
                log.error("A function could not be called; please report this. request={}", visit.id(), cause);
                yield Outcome.failed(Failure.INTERNAL, "The function could not be called.");
            }
        };
    }

    private static Failure failure(ServiceError error) {
        return switch (error.code()) {
            case FunctionError.TOO_MANY_REQUESTS -> Failure.UNAVAILABLE;
            case FunctionError.REQUEST_TOO_LARGE -> Failure.TOO_LARGE;
            default -> Failure.INTERNAL;
        };
    }
}
