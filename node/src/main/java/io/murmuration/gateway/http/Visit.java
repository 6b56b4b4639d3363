package io.murmuration.gateway.http;

import io.murmuration.gateway.ApiAddress;
import io.murmuration.gateway.RouteTrie;
import io.murmuration.gateway.ServedApi;
import io.murmuration.gateway.ServedApi.Served;
import io.murmuration.gateway.ServedApi.ServedRoute;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.util.ByteString;

/**
 * A request to an API, and what it was matched with.
 *
 * @param id told to the client and to the function
 * @param trace as {@link TraceHeader} has it
 */
record Visit(
        String id,
        String trace,
        HttpRequest request,
        ByteString body,
        ApiAddress address,
        ServedApi api,
        Served served,
        RouteTrie.Match<ServedRoute> match,
        Arrival arrival) {

    ServedRoute route() {
        return match.value();
    }

    /**
     * How a request came.
     *
     * @param sourceIp of the client
     * @param port that it asked
     */
    record Arrival(String sourceIp, int port, long millis) {}
}
