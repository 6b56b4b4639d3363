package io.murmuration.gateway.http;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.function.Functions;
import io.murmuration.gateway.ApiAddress;
import io.murmuration.gateway.ServedApi;
import io.murmuration.gateway.ServedApi.FunctionTarget;
import io.murmuration.gateway.ServedApi.NoTarget;
import io.murmuration.gateway.ServedApi.Served;
import io.murmuration.gateway.ServedApi.UnusableTarget;
import io.murmuration.gateway.ServedApi.UrlTarget;
import io.murmuration.gateway.ServedApis;
import io.murmuration.gateway.http.Outcome.Failure;
import io.murmuration.http.Call;
import io.murmuration.http.Service;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.gateway.payload.PathText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RemoteAddress;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/**
 * The APIs themselves: finds API, stage and route of a request, has the route's integration answer it, and adds what the gateway adds.
 *
 * <p>Limits: a body of 10 MB; an integration's time of 30 s at most; the requests that the stage admits.
 */
public final class ApiAdapter implements Service {
    /** The header by which a client knows its request, as the function and the log do. */
    public static final String REQUEST_ID = "apigw-requestid";

    private static final int BODY_BYTES_MAX = 10 * 1024 * 1024;
    private static final int HTTP_PORT = 80;
    private static final int ID_CHARS = 15;

    /** The longest time of an integration, and some to tell of it. */
    private static final Duration PATIENCE = Duration.ofSeconds(35);

    private final ServedApis apis;
    private final FunctionIntegration functions;
    private final UrlIntegration urls;
    private final String account;
    private final Clock clock;
    private final Chance chance;

    /** @param account that owns all APIs */
    public ApiAdapter(
            ActorSystem<?> system, ServedApis apis, Functions functions, String account, Clock clock, Chance chance) {
        this.apis = apis;
        this.functions = new FunctionIntegration(functions, account);
        this.urls = new UrlIntegration(system);
        this.account = account;
        this.clock = clock;
        this.chance = chance;
    }

    @Override
    public String name() {
        return "execute-api";
    }

    @Override
    public boolean accepts(HttpRequest request) {
        var uri = request.getUri();
        return ApiAddress.isOne(uri.host().address(), uri.path());
    }

    @Override
    public boolean hosts(HttpRequest request) {
        return true;
    }

    @Override
    public int bodyBytesMax() {
        return BODY_BYTES_MAX;
    }

    @Override
    public Duration patience(HttpRequest request, Duration usual) {
        return PATIENCE;
    }

    @Override
    public boolean signed(HttpRequest request) {
        return false;
    }

    @Override
    public boolean reads(HttpRequest request) {
        return false;
    }

    @Override
    public boolean checksummed() {
        return false;
    }

    @Override
    public HttpResponse bodyTooLarge(Call call) {
        return refused(call, Failure.TOO_LARGE, "The body is larger than " + BODY_BYTES_MAX + " bytes.");
    }

    @Override
    public HttpResponse refuse(Call call, ServiceError error) {
        var failure =
                switch (error.code()) {
                    case CommonError.THROTTLING -> Failure.TOO_MANY_REQUESTS;
                    case CommonError.REQUEST_TIMEOUT -> Failure.REQUEST_TIMEOUT;
                    case CommonError.SERIALIZATION -> Failure.BAD_REQUEST;
                    case CommonError.UNAVAILABLE, CommonError.OUTCOME_UNKNOWN -> Failure.UNAVAILABLE;
                    default -> Failure.INTERNAL;
                };
        return refused(call, failure, error.message());
    }

    private HttpResponse refused(Call call, Failure failure, String error) {
        return new Entering(call).refused(failure, error);
    }

    @Override
    public CompletionStage<HttpResponse> serve(Call call) {
        var entering = new Entering(call);
        var known = apis.find(entering.address.api());
        if (known.isPresent()) {
            return entering.enter(known.get());
        }
        return apis.confirm(call.deadlineNanos()).thenCompose(confirmed -> apis.find(entering.address.api())
                .map(entering::enter)
                .orElseGet(() -> CompletableFuture.completedStage(
                        entering.refused(Failure.NOT_FOUND, "There is no such API."))));
    }

    /** One request on its way through the gateway. */
    private final class Entering {
        private final Call call;
        private final String id;
        private final String trace;
        private final ApiAddress address;
        private final Visit.Arrival arrival;
        private final long beganNanos = clock.nanos();
        private @Nullable Served served;

        Entering(Call call) {
            this.call = call;
            var uri = call.request().getUri();
            long now = clock.millis();
            this.id = call.id().substring(0, ID_CHARS) + "=";
            this.trace = TraceHeader.of(call.header(TraceHeader.NAME).orElse(""), now, chance);
            this.address = ApiAddress.of(uri.host().address(), uri.path()).orElseThrow();
            this.arrival = new Visit.Arrival(sourceIp(call.request()), uri.port() > 0 ? uri.port() : HTTP_PORT, now);
        }

        CompletionStage<HttpResponse> enter(ServedApi found) {
            served = found.api().endpointDisabled() ? null : found.served(PathText.decoded(address.path()));
            if (served == null) {
                return completed(Failure.NOT_FOUND, "The API has no such stage.");
            }
            var browser = new Browser(found.api().cors(), call.request());
            if (browser.isPreflight()) {
                return CompletableFuture.completedStage(ended(null, Outcome.of(browser.preflight(), 0), -1));
            }
            var match = served.stage().routes().find(call.request().method().value(), served.routePath());
            if (match == null) {
                return CompletableFuture.completedStage(
                        browser.told(refused(Failure.NOT_FOUND, "No route takes the request.")));
            }
            var visit = new Visit(id, trace, call.request(), call.body(), address, found, served, match, arrival);
            var throttle = match.value().throttle() == null
                    ? served.stage().throttle()
                    : match.value().throttle();
            if (throttle != null && !throttle.admits(beganNanos)) {
                return CompletableFuture.completedStage(browser.told(
                        ended(visit, Outcome.failed(Failure.TOO_MANY_REQUESTS, "The stage's limit is exceeded."), -1)));
            }
            long asked = clock.nanos();
            return answer(visit).thenApply(outcome -> browser.told(ended(visit, outcome, clock.nanos() - asked)));
        }

        private CompletionStage<Outcome> answer(Visit visit) {
            return switch (visit.route().target()) {
                case FunctionTarget function -> functions.answer(visit, function);
                case UrlTarget url -> urls.answer(visit, url);
                case NoTarget none ->
                    CompletableFuture.completedStage(
                            Outcome.failed(Failure.NOT_FOUND, "The route has no integration."));
                case UnusableTarget unusable ->
                    CompletableFuture.completedStage(Outcome.failed(Failure.INTERNAL, unusable.reason()));
            };
        }

        private CompletionStage<HttpResponse> completed(Failure failure, String error) {
            return CompletableFuture.completedStage(refused(failure, error));
        }

        HttpResponse refused(Failure failure, String error) {
            return ended(null, Outcome.failed(failure, error), -1);
        }

        private HttpResponse ended(@Nullable Visit visit, Outcome outcome, long integrationNanos) {
            var stage = served == null ? null : served.stage();
            new AccessLine(
                            id,
                            trace,
                            call.request(),
                            address.api(),
                            stage == null ? "" : stage.stage().name(),
                            visit,
                            account,
                            address.domainName(),
                            arrival,
                            outcome,
                            clock.nanos() - beganNanos,
                            integrationNanos)
                    .write(stage == null ? null : stage.log());
            return outcome.response().addHeader(RawHeader.create(REQUEST_ID, id));
        }
    }

    private static String sourceIp(HttpRequest request) {
        return request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(RemoteAddress::getAddress)
                .map(address -> address.getHostAddress())
                .orElse("127.0.0.1");
    }
}
