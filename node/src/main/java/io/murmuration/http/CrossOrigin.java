package io.murmuration.http;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * Lets pages of this machine, and of the origins that the operator names, speak to the services. AWS lets pages of any origin, for there the signature
 * protects; here any signature is taken, and every page that somebody visits could read and delete tables. So others are turned away before anything
 * is done: a browser carries out a plain request first, and only hides the answer from the page. What a service hosts decides for itself whose pages may
 * call it.
 */
final class CrossOrigin implements Step {
    /** Above the longest name that there is, with its scheme and port. What is longer is nobody's, and is not looked at. */
    private static final int NAME_MAX = 300;

    /** Possessive, for other loops over a group use stack for each turn, and whoever asks says how many there are. */
    private static final Pattern OF_THIS_MACHINE =
            Pattern.compile("https?://(([a-z0-9-]++\\.)*+localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]{1,5})?");

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?");

    /** Those of this machine, of AWS, and the one under which users of LocalStack know their machine. */
    private static final Pattern NAME = Pattern.compile(
            "(^|\\.)(localhost|localhost\\.localstack\\.cloud|[a-z0-9.-]*\\.amazonaws\\.com)$",
            Pattern.CASE_INSENSITIVE);

    private static final RawHeader FOR_TWO_DAYS = RawHeader.create("Access-Control-Max-Age", "172800");
    private static final RawHeader BY_ORIGIN = RawHeader.create("Vary", "Origin");

    private final List<String> allowed;

    /** @param allowed origins besides those of this machine, in lower case */
    CrossOrigin(List<String> allowed) {
        this.allowed = allowed;
    }

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        if (call.hosted()) {
            return next.pass(call);
        }
        if (!isOurs(call.request().getUri().getHost().address())) {
            return CompletableFuture.completedStage(strange());
        }
        var origin = call.header("Origin");
        if (origin.isEmpty()) {
            return next.pass(call);
        }
        if (!isAllowed(origin.get().toLowerCase(Locale.ROOT))) {
            return CompletableFuture.completedStage(refusal());
        }
        var answer = call.request().method().equals(HttpMethods.OPTIONS)
                ? CompletableFuture.completedStage(preflight(call))
                : next.pass(call);
        return answer.thenApply(
                response -> response.addHeader(RawHeader.create("Access-Control-Allow-Origin", origin.get()))
                        .addHeader(BY_ORIGIN));
    }

    /**
     * Whether it is a name that nobody else can give to this machine: a page could have its own name point here, and would then be of the same origin as
     * what it asks.
     */
    private boolean isOurs(String host) {
        return host.length() <= NAME_MAX
                && (host.isEmpty()
                        || ADDRESS.matcher(host).matches()
                        || NAME.matcher(host).find()
                        || allowed.stream().anyMatch(origin -> hostOf(origin).equalsIgnoreCase(host)));
    }

    private static String hostOf(String origin) {
        var named = origin.substring(origin.indexOf("://") + 3);
        int port = named.indexOf(':');
        return port < 0 ? named : named.substring(0, port);
    }

    private static HttpResponse strange() {
        return HttpResponse.create()
                .withStatus(StatusCodes.FORBIDDEN)
                .withEntity(
                        "This node is not known by that name: use localhost or its address, or name an origin with that host in"
                                + " the setting murmuration.node.http.allowed-origins.\n");
    }

    private boolean isAllowed(String origin) {
        return origin.length() <= NAME_MAX && (OF_THIS_MACHINE.matcher(origin).matches() || allowed.contains(origin));
    }

    private static HttpResponse refusal() {
        return HttpResponse.create()
                .withStatus(StatusCodes.FORBIDDEN)
                .withEntity("Pages of this origin may not speak to this node: see the setting"
                        + " murmuration.node.http.allowed-origins.\n");
    }

    private static HttpResponse preflight(Call call) {
        var response = HttpResponse.create().addHeader(FOR_TWO_DAYS);
        response = echoed(call, "Access-Control-Request-Headers", "Access-Control-Allow-Headers", response);
        return echoed(call, "Access-Control-Request-Method", "Access-Control-Allow-Methods", response);
    }

    private static HttpResponse echoed(Call call, String asked, String allowed, HttpResponse response) {
        return call.header(asked)
                .map(value -> response.addHeader(RawHeader.create(allowed, value)))
                .orElse(response);
    }
}
