package io.murmuration.edge.http;

import io.murmuration.edge.caching.AnswerRules.HitHead;
import io.murmuration.edge.presence.Answer;
import io.murmuration.edge.presence.Hit;
import io.murmuration.edge.presence.StoredResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Makes HTTP of what points of presence answer. */
final class Rendering {
    /** A body up to this is sent in one piece with its head. */
    private static final int SMALL_BYTES = 16 * 1024;

    private Rendering() {}

    /** What all hits on one response have alike, ready to be sent. */
    private record Form(
            int status, List<HttpHeader> headers, HitHead head, ResponseEntity small, StoredResponse response) {
        static Form of(Hit hit) {
            var head = hit.head();
            var response = hit.response();
            var bytes = response.bodyBytes();
            var all = ByteString.emptyByteString();
            if (bytes <= SMALL_BYTES) {
                for (var chunk : response.chunks()) {
                    all = all.concat(chunk);
                }
            }
            var type = HeaderCodec.type(head.head().headers());
            return new Form(
                    head.head().status(),
                    List.copyOf(HeaderCodec.write(head.head().headers())),
                    head,
                    HttpEntities.create(type, all.compact()),
                    response);
        }

        ResponseEntity entity() {
            var bytes = response.bodyBytes();
            return bytes <= SMALL_BYTES
                    ? small
                    : HeaderCodec.sized(head.head().headers(), bytes, Source.from(response.chunks()));
        }
    }

    static HttpResponse of(Hit hit, List<HttpHeader> more) {
        var form = hit.response().form(Form.class, response -> Form.of(hit));
        var headers = new ArrayList<HttpHeader>(form.headers().size() + more.size() + 2);
        headers.addAll(form.headers());
        headers.add(RawHeader.create("Age", Long.toString(hit.freshness().ageSeconds())));
        headers.add(RawHeader.create(
                "Cache-Status",
                form.head().statusBefore()
                        + hit.freshness().ttlSeconds()
                        + form.head().statusAfter()));
        headers.addAll(more);
        return HttpResponse.create()
                .withStatus(form.status())
                .withHeaders(headers)
                .withEntity(form.entity());
    }

    /**
     * @param bodyless whether the method of the request forbids a body, whatever length is told
     * @param materializer ends a body that is not wanted
     */
    static HttpResponse of(Answer answer, boolean bodyless, List<HttpHeader> more, Materializer materializer) {
        var head = answer.head();
        var headers = HeaderCodec.write(head.headers());
        headers.addAll(more);
        var response = HttpResponse.create()
                .withStatus(StatusCodes.lookup(head.status())
                        .orElseGet(() -> StatusCodes.custom(head.status(), "", "", head.status() < 400, true)))
                .withHeaders(headers);
        var empty = head.status() == 204 || head.status() == 304;
        var length = head.contentLength();
        var body = answer.body();
        if (empty || bodyless || length.orElse(1) == 0) {
            body.runWith(Sink.cancelled(), materializer);
            body = Source.empty();
        }
        if (empty) {
            return response;
        }
        return length.isPresent()
                ? response.withEntity(HeaderCodec.sized(head.headers(), length.getAsLong(), body))
                : response.withEntity(HeaderCodec.chunked(head.headers(), body));
    }

    /** An error of the CDN's own, as CloudFront words it. */
    static HttpResponse error(int status, String title, String text, List<HttpHeader> more) {
        var page = "<!DOCTYPE html>\n<html><head><title>ERROR: " + title + "</title></head><body><h1>" + status + " "
                + title + "</h1><p>" + text + "</p></body></html>\n";
        return HttpResponse.create()
                .withStatus(status)
                .addHeaders(more)
                .addHeader(RawHeader.create("X-Cache", "Error from cloudfront"))
                .withEntity(HttpEntities.create(
                        ContentTypes.TEXT_HTML_UTF8,
                        ByteString.fromArrayUnsafe(page.getBytes(StandardCharsets.UTF_8))));
    }
}
