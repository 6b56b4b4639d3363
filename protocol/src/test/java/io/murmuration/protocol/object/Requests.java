package io.murmuration.protocol.object;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.util.LinkedHashMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Requests of tests. */
public final class Requests {
    private Requests() {}

    /** @param headers each as {@code Name: value} */
    public static RequestHead head(String method, String target, String... headers) {
        return onHost("127.0.0.1:4566", method, target, headers);
    }

    public static RequestHead onHost(String host, String method, String target, String... headers) {
        int query = target.indexOf('?');
        var byName = new LinkedHashMap<String, String>();
        for (var header : headers) {
            int colon = header.indexOf(':');
            byName.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return new RequestHead(
                method,
                host,
                query < 0 ? target : target.substring(0, query),
                query < 0 ? "" : target.substring(query + 1),
                byName);
    }

    /** The error that the call is refused with. */
    public static ServiceError refusal(ThrowingCallable call) {
        var caught = new ServiceError[1];
        assertThatExceptionOfType(ServiceException.class)
                .isThrownBy(call)
                .satisfies(exception -> caught[0] = exception.error());
        return caught[0];
    }
}
