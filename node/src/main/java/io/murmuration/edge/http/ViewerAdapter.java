package io.murmuration.edge.http;

import io.murmuration.config.Geography;
import io.murmuration.config.SettingsException;
import io.murmuration.edge.behaviour.Behaviour.Scheme;
import io.murmuration.edge.behaviour.PathForm;
import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.ViewerRequest;
import io.murmuration.edge.distribution.Hosted;
import io.murmuration.edge.distribution.Sites;
import io.murmuration.edge.distribution.Upkeep;
import io.murmuration.edge.placement.Nearby;
import io.murmuration.edge.placement.Nearby.Near;
import io.murmuration.http.Call;
import io.murmuration.http.Service;
import io.murmuration.protocol.ServiceError;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.jspecify.annotations.Nullable;

/**
 * The CDN's viewers: {@code http://ID.cloudfront.localhost:PORT/...}, the aliases of distributions by {@code Host}, and
 * {@code /_aws/cloudfront/ID/...}, which is formed as the path by which users of LocalStack reach their APIs.
 *
 * <p>Where a viewer is, its address tells, or {@value Geography#VIEWER_HEADER}; {@code X-Forwarded-For} does not, for anybody can write it.
 */
public final class ViewerAdapter implements Service {
    private static final String PATH_FORM = "/_aws/cloudfront/";
    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String FORBIDDEN = "The request could not be satisfied";

    private final Sites sites;
    private final Upkeep upkeep;
    private final Nearby nearby;
    private final Routing routing;

    public ViewerAdapter(Sites sites, Upkeep upkeep, Nearby nearby, Routing routing) {
        this.sites = sites;
        this.upkeep = upkeep;
        this.nearby = nearby;
        this.routing = routing;
    }

    @Override
    public String name() {
        return "cloudfront";
    }

    @Override
    public boolean accepts(HttpRequest request) {
        var host = host(request);
        return Sites.idOf(host) != null || sites.byHost(host) != null || isPathForm(request);
    }

    @Override
    public boolean hosts(HttpRequest request) {
        return true;
    }

    @Override
    public boolean streams(HttpRequest request) {
        return true;
    }

    @Override
    public int bodyBytesMax() {
        return 0;
    }

    /** Origins have up to three minutes. */
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
        var method = request.method().value();
        return method.equals("GET") || method.equals("HEAD");
    }

    @Override
    public CompletionStage<HttpResponse> serve(Call call) {
        var hosted = find(call.request());
        if (hosted != null) {
            return serve(call, hosted);
        }
        return upkeep.catchUp(call.deadlineNanos()).thenCompose(current -> {
            var found = find(call.request());
            return found != null ? serve(call, found) : refused(call, 403, "There is no such distribution.");
        });
    }

    private @Nullable Hosted find(HttpRequest request) {
        return isPathForm(request) ? sites.byId(split(request)[0]) : sites.byHost(host(request));
    }

    private CompletionStage<HttpResponse> serve(Call call, Hosted hosted) {
        if (!hosted.enabled()) {
            return refused(call, 403, "The distribution is disabled.");
        }
        var request = viewer(call.request(), hosted);
        var admission = hosted.site().behaviours().of(request.path()).admission();
        if (!admission.methods().contains(request.method())) {
            return refused(
                    call,
                    403,
                    "This distribution is not configured to allow the HTTP request method that was used for this request.");
        }
        if (reads(call.request()) && !call.request().entity().isKnownEmpty()) {
            return refused(call, 403, "A request that reads must not have a body.");
        }
        if (admission.scheme() != Scheme.ANY && !isSecure(request)) {
            return admission.scheme() == Scheme.REDIRECTED
                    ? redirected(call)
                    : refused(call, 403, "This distribution is reached by HTTPS only.");
        }
        if (LoopRules.returns(request.headers(), hosted.id())) {
            return refused(call, 403, "The distribution's origin is the distribution itself.");
        }
        List<Near> near;
        try {
            near = near(call.request());
        } catch (SettingsException unknown) {
            return refused(call, 400, String.valueOf(unknown.getMessage()));
        }
        return routing.answer(call, hosted, request, near);
    }

    private ViewerRequest viewer(HttpRequest request, Hosted hosted) {
        var path = isPathForm(request) ? split(request)[1] : request.getUri().path();
        if (path.isEmpty()) {
            path = "/";
        }
        if (path.equals("/") && !hosted.rootObject().isEmpty()) {
            path = PathForm.whole("/" + hosted.rootObject());
        }
        return new ViewerRequest(
                request.method().value(),
                path,
                request.getUri().rawQueryString().orElse(""),
                withAddress(request, NodeHeaders.ofOthers(HeaderCodec.read(request, request.entity()))));
    }

    /** The viewer's own, behind those that it says it speaks for. */
    private static Headers withAddress(HttpRequest request, Headers headers) {
        return request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(remote -> remote.getAddress())
                .map(address -> headers.appended(FORWARDED_FOR, address.getHostAddress()))
                .orElse(headers);
    }

    private List<Near> near(HttpRequest request) {
        var told = request.getHeader(Geography.VIEWER_HEADER);
        if (told.isPresent()) {
            return nearby.of(told.get().value());
        }
        return request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(remote -> remote.getAddress())
                .map(nearby::of)
                .orElseGet(nearby::home);
    }

    /** There is no TLS here; whoever puts a proxy with TLS in front of a node says so in this header. */
    private static boolean isSecure(ViewerRequest request) {
        return request.headers()
                .first("X-Forwarded-Proto")
                .filter("https"::equals)
                .isPresent();
    }

    private CompletionStage<HttpResponse> redirected(Call call) {
        var uri = call.request().getUri();
        var to = "https://" + uri.host() + uri.path()
                + uri.rawQueryString().map(query -> "?" + query).orElse("");
        return refused(call, 301, "Moved.").thenApply(moved -> moved.addHeader(RawHeader.create("Location", to)));
    }

    private CompletionStage<HttpResponse> refused(Call call, int status, String text) {
        routing.drop(call.request());
        return CompletableFuture.completedStage(Rendering.error(status, FORBIDDEN, text, List.of(id(call))));
    }

    static HttpHeader id(Call call) {
        return RawHeader.create("X-Amz-Cf-Id", call.id());
    }

    @Override
    public HttpResponse refuse(Call call, ServiceError error) {
        return Rendering.error(error.code().status(), FORBIDDEN, error.message(), List.of(id(call)));
    }

    @Override
    public HttpResponse bodyTooLarge(Call call) {
        return Rendering.error(413, FORBIDDEN, "The body is too large.", List.of(id(call)));
    }

    @Override
    public boolean checksummed() {
        return false;
    }

    private static String host(HttpRequest request) {
        return request.getUri().getHost().address().toLowerCase(Locale.ROOT);
    }

    private static boolean isPathForm(HttpRequest request) {
        return request.getUri().path().startsWith(PATH_FORM);
    }

    /** The distribution's id and the path, from its slash on. */
    private static String[] split(HttpRequest request) {
        var rest = request.getUri().path().substring(PATH_FORM.length());
        int slash = rest.indexOf('/');
        return slash < 0 ? new String[] {rest, ""} : new String[] {rest.substring(0, slash), rest.substring(slash)};
    }
}
