package io.murmuration.http;

import io.murmuration.protocol.ServiceError;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** One service behind the front door: it decodes, asks its port, and encodes. Methods are called by any thread and must not block. */
public interface Service {
    /** The name in the service's own address, such as {@code dynamodb}. */
    String name();

    /** Whether the request is meant for this service, told by its head alone: target, signature scope, host or path. */
    boolean accepts(HttpRequest request);

    /**
     * Whether the request is for something that this service hosts, such as an API or a site, and not for the service itself. Who asks is then a visitor,
     * and the exchange is between the visitor and what is hosted: pages of any origin may ask, bodies are neither inflated nor compressed, no request
     * id of the cloud's is told, and none of the node's own paths is meant.
     */
    default boolean hosts(HttpRequest request) {
        return false;
    }

    /** Largest body in bytes, after inflation, that the front door gathers for {@link #serve}. */
    int bodyBytesMax();

    /**
     * Whether {@link #serve} reads the request's entity itself, as it arrives: then {@link Call#body} is empty, nothing is inflated, and no bound but the
     * service's own applies. It must read or discard the entity whole, or answer with {@code Connection: close}.
     */
    default boolean streams(HttpRequest request) {
        return false;
    }

    /**
     * How long the request may take, from its arrival to its answer's head.
     *
     * @param usual what the settings say
     * @return of more than {@link FrontDoor#PATIENCE_MAX} that is heeded
     */
    default Duration patience(HttpRequest request, Duration usual) {
        return usual;
    }

    /**
     * Whether the request is one that may ask this node's services again before it is answered, as an invocation does: it takes none of their places, or those
     * that wait would keep out what they wait for.
     */
    default boolean waitsForServices(HttpRequest request) {
        return hosts(request);
    }

    /** Whether the caller must show a signature before {@link #serve}. */
    boolean signed(HttpRequest request);

    /** Whether the request changes nothing, so that it may be refused even after it was served. */
    boolean reads(HttpRequest request);

    /** Answers the call. A failed stage that carries a ServiceException is answered by {@link #refuse}. */
    CompletionStage<HttpResponse> serve(Call call);

    /** The error in this service's dialect. */
    HttpResponse refuse(Call call, ServiceError error);

    /** The answer to a body above {@link #bodyBytesMax}. */
    HttpResponse bodyTooLarge(Call call);

    /** Whether answers carry {@code x-amz-crc32}. */
    boolean checksummed();
}
