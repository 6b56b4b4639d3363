package io.murmuration.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.util.ByteString;

/**
 * One request on its way through the front door.
 *
 * @param id what the client knows it by
 * @param hosted whether it is for something that its service hosts: see {@link Service#hosts}
 * @param body gathered and inflated; empty before the step that gathers it
 * @param deadlineNanos by the front door's clock; whoever takes the call up later drops it
 */
public record Call(
        String id, HttpRequest request, Service service, boolean hosted, ByteString body, long deadlineNanos) {
    /** @param usual the patience that the deadline was made with */
    Call to(Service receiver, Duration usual) {
        var asked = receiver.patience(request, usual);
        var patience = asked.compareTo(FrontDoor.PATIENCE_MAX) > 0 ? FrontDoor.PATIENCE_MAX : asked;
        long more = patience.minus(usual).toNanos();
        return new Call(id, request, receiver, receiver.hosts(request), body, deadlineNanos + more);
    }

    Call with(ByteString gathered) {
        return new Call(id, request, service, hosted, gathered, deadlineNanos);
    }

    /** The first header of this name, whatever its case. */
    public Optional<String> header(String name) {
        return request.getHeader(name).map(HttpHeader::value);
    }

    /** Whether a comma-separated header names the token. */
    boolean headerNames(String header, String token) {
        var value = header(header);
        return value.isPresent() && value.get().toLowerCase(Locale.ROOT).contains(token);
    }
}
