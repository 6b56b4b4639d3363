package io.murmuration.edge.http;

import io.murmuration.protocol.edge.DistributionConfig.OriginConfig;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Where an origin's requests go.
 *
 * @param host what is connected to
 * @param name what the origin is called in {@code Host}, with the port where that is not the standard one
 */
record OriginTarget(String scheme, String host, int port, String name) {
    private static final String THIS_MACHINE = "127.0.0.1";
    private static final String LOCAL = ".localhost";
    private static final String OF_LOCALSTACK = ".localhost.localstack.cloud";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private static final Pattern BUCKET = Pattern.compile("(.+)\\.s3(?:[.-][a-z0-9.-]+)?\\.amazonaws\\.com(?:\\.cn)?");
    private static final Pattern LOCAL_BUCKET = Pattern.compile("(.+)\\.s3\\.localhost");
    private static final Pattern API =
            Pattern.compile("([a-z0-9]+)\\.execute-api(?:\\.[a-z0-9-]+)?(?:\\.amazonaws\\.com(?:\\.cn)?|\\.localhost)");
    private static final Pattern OF_THIS_CLOUD =
            Pattern.compile(".*\\.(?:on\\.aws|amazonaws\\.com|cloudfront\\.net|cloudfront\\.localhost)");

    /**
     * Hosts of AWS are those of this cloud, and are asked for at this node's own listener, whatever port or scheme is told: nothing of a local cloud goes
     * to the real one. So are the local names of buckets and APIs. Every other name under {@code localhost} is this machine, on the port that is told.
     *
     * @param own this node's listener
     */
    static OriginTarget of(OriginConfig origin, URI own) {
        var domain = origin.domain();
        int colon = domain.indexOf(':');
        var host = local(colon < 0 ? domain : domain.substring(0, colon));
        for (var pattern : new Pattern[] {BUCKET, LOCAL_BUCKET}) {
            var bucket = pattern.matcher(host);
            if (bucket.matches()) {
                return own(bucket.group(1) + ".s3" + LOCAL, own);
            }
        }
        var api = API.matcher(host);
        if (api.matches()) {
            return own(api.group(1) + ".execute-api" + LOCAL, own);
        }
        if (OF_THIS_CLOUD.matcher(host).matches()) {
            return own(host, own);
        }
        var secure = origin.httpsOnly();
        int told = secure ? origin.httpsPort() : origin.httpPort();
        int port = colon < 0 ? told : Integer.parseInt(domain.substring(colon + 1));
        var name = port == (secure ? HTTPS : HTTP) ? host : host + ":" + port;
        var connected = host.equals("localhost") || host.endsWith(LOCAL) ? THIS_MACHINE : host;
        return new OriginTarget(secure ? "https" : "http", connected, port, name);
    }

    private static String local(String host) {
        return host.endsWith(OF_LOCALSTACK) ? host.substring(0, host.length() - OF_LOCALSTACK.length()) + LOCAL : host;
    }

    private static OriginTarget own(String name, URI own) {
        return new OriginTarget("http", own.getHost(), own.getPort(), name + ":" + own.getPort());
    }
}
