package io.murmuration.cli.demo.site;

import java.net.URI;
import java.util.Locale;

/**
 * What was deployed.
 *
 * @param api id of the HTTP API
 * @param distribution id of the distribution in front of it and of the bucket
 */
public record Site(SiteNames names, String api, String distribution) {
    /** The page as a browser opens it: that takes every name under {@code localhost} for this machine. */
    public URI page(URI endpoint) {
        return URI.create("http://" + distribution.toLowerCase(Locale.ROOT) + ".cloudfront.localhost:"
                + endpoint.getPort() + "/");
    }

    /** The same for whoever cannot resolve such names. */
    public URI pageByPath(URI endpoint) {
        return endpoint.resolve("/_aws/cloudfront/" + distribution + "/");
    }

    /** @param path with its slash */
    public URI api(URI endpoint, String path) {
        return endpoint.resolve("/_aws/execute-api/" + api + path);
    }
}
