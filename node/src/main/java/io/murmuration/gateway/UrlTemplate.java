package io.murmuration.gateway;

import io.murmuration.protocol.gateway.GatewayErrors;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A URL with {@code {parameters}} of the route's path in its own path or query. A greedy parameter is written with or without its plus.
 *
 * @param texts what is before, between and after the parameters
 */
public record UrlTemplate(List<String> texts, List<String> parameters) {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-zA-Z0-9._:-]+)\\+?}");
    private static final Pattern URL = Pattern.compile("https?://[^/?#{}\\s]+([/?][^#\\s]*)?");

    public UrlTemplate {
        texts = List.copyOf(texts);
        parameters = List.copyOf(parameters);
    }

    static void check(String uri) {
        var variables =
                StageVariables.occurIn(uri) ? uri.replaceAll("\\$\\{stageVariables\\.[a-zA-Z0-9_]+}", "v") : uri;
        if (!URL.matcher(variables).matches()) {
            throw GatewayErrors.invalid("Invalid HTTP endpoint specified for URI");
        }
    }

    /** @param uri with the values of the stage's variables */
    static UrlTemplate parse(String uri) {
        check(uri);
        var texts = new ArrayList<String>();
        var parameters = new ArrayList<String>();
        var found = PARAMETER.matcher(uri);
        int from = 0;
        while (found.find()) {
            texts.add(uri.substring(from, found.start()));
            parameters.add(found.group(1));
            from = found.end();
        }
        texts.add(uri.substring(from));
        return new UrlTemplate(texts, parameters);
    }

    /**
     * The URL for a request.
     *
     * @param values decoded; a parameter that has none is nothing
     * @param rawQuery of the request, which follows the URL's own
     */
    public String url(Map<String, String> values, String rawQuery) {
        var url = new StringBuilder(texts.getFirst());
        for (int at = 0; at < parameters.size(); at++) {
            url.append(encoded(values.getOrDefault(parameters.get(at), ""))).append(texts.get(at + 1));
        }
        if (!rawQuery.isEmpty()) {
            url.append(url.indexOf("?") < 0 ? '?' : '&').append(rawQuery);
        }
        return url.toString();
    }

    /** A greedy parameter keeps its slashes. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
