package io.murmuration.edge.http;

import io.murmuration.edge.caching.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMessage;
import org.apache.pekko.http.javadsl.model.UniversalEntity;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Header fields between the HTTP library and the rules. The library keeps type and length of a body apart from the other fields. */
final class HeaderCodec {
    private static final String CONTENT_TYPE = "Content-Type";
    private static final String CONTENT_LENGTH = "Content-Length";

    /** Of one connection only, and what the library itself adds to a message. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "content-type",
            "content-length",
            "timeout-access",
            "raw-request-uri",
            "remote-address",
            "expect");

    /** They have to be the library's own kind, or are left out. */
    private static final Set<String> OF_THE_LIBRARY = Set.of("date", "server", "host", "user-agent");

    private HeaderCodec() {}

    /** Of a message that came. */
    static Headers read(HttpMessage message, HttpEntity entity) {
        var fields = new ArrayList<Headers.Field>();
        for (var header : message.getHeaders()) {
            if (!OF_THE_CONNECTION.contains(header.lowercaseName())) {
                fields.add(new Headers.Field(header.name(), header.value()));
            }
        }
        if (!entity.isKnownEmpty()) {
            if (!entity.getContentType().equals(ContentTypes.NO_CONTENT_TYPE)) {
                fields.add(
                        new Headers.Field(CONTENT_TYPE, entity.getContentType().toString()));
            }
            entity.getContentLengthOption()
                    .ifPresent(length -> fields.add(new Headers.Field(CONTENT_LENGTH, Long.toString(length))));
        }
        return new Headers(fields);
    }

    /** For a message that goes; type and length are told by its entity. */
    static List<HttpHeader> write(Headers headers) {
        var written = new ArrayList<HttpHeader>(headers.fields().size() + 4);
        for (var field : headers.fields()) {
            var name = field.name().toLowerCase(Locale.ROOT);
            if (OF_THE_LIBRARY.contains(name)) {
                modeled(field).ifPresent(written::add);
            } else if (!OF_THE_CONNECTION.contains(name)) {
                written.add(RawHeader.create(field.name(), field.value()));
            }
        }
        return written;
    }

    /** Empty for a value that the library cannot write: it then writes one of its own, or none. */
    private static Optional<HttpHeader> modeled(Headers.Field field) {
        try {
            return Optional.of(HttpHeader.parse(field.name(), field.value()));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    static ContentType type(Headers headers) {
        return headers.first(CONTENT_TYPE)
                .map(text -> {
                    ContentType parsed = ContentTypes.parse(text);
                    return parsed == null ? ContentTypes.APPLICATION_OCTET_STREAM : parsed;
                })
                .orElse(ContentTypes.NO_CONTENT_TYPE);
    }

    /** A body of so many bytes; of none, it is not run. */
    static UniversalEntity sized(Headers headers, long length, Source<ByteString, ?> body) {
        return length == 0
                ? HttpEntities.create(type(headers), ByteString.emptyByteString())
                : HttpEntities.create(type(headers), length, body);
    }

    /** A body whose end only itself tells. */
    static HttpEntity.Chunked chunked(Headers headers, Source<ByteString, ?> body) {
        return HttpEntities.createChunked(type(headers), body.filterNot(ByteString::isEmpty));
    }
}
