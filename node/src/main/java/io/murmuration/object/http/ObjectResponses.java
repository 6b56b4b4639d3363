package io.murmuration.object.http;

import io.murmuration.object.ObjectAnswer;
import io.murmuration.object.index.ObjectEntry;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.RequestHead;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.operation.ObjectHeaders;
import io.murmuration.protocol.object.operation.ObjectReply;
import io.murmuration.protocol.object.xml.ErrorDocument;
import io.murmuration.protocol.object.xml.ReplyDocuments;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** Answers as HTTP responses. */
final class ObjectResponses {
    private static final ContentType XML = MediaTypes.APPLICATION_XML.toContentType(HttpCharsets.UTF_8);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int NO_CONTENT = 204;
    private static final int PARTIAL = 206;
    private static final int NOT_MODIFIED = 304;

    private ObjectResponses() {}

    static HttpResponse of(ObjectAnswer answer, RequestHead head) {
        return switch (answer) {
            case ObjectAnswer.Document document -> document(document.reply());
            case ObjectAnswer.Done done ->
                HttpResponse.create().withStatus(head.method().equals("DELETE") ? NO_CONTENT : 200);
            case ObjectAnswer.BucketCreated created ->
                HttpResponse.create().addHeader(RawHeader.create("Location", "/" + created.bucket()));
            case ObjectAnswer.BucketFound found ->
                HttpResponse.create().addHeader(RawHeader.create("x-amz-bucket-region", found.region()));
            case ObjectAnswer.Stored stored -> stored(stored);
            case ObjectAnswer.Opened opened -> opened(opened);
        };
    }

    private static HttpResponse document(ObjectReply reply) {
        var response = HttpResponse.create().withEntity(HttpEntities.create(XML, ReplyDocuments.encode(reply)));
        if (reply instanceof ObjectReply.UploadCreated created && created.algorithm() != null) {
            var type = created.type();
            return response.addHeader(RawHeader.create(
                            "x-amz-checksum-algorithm", created.algorithm().name()))
                    .addHeader(RawHeader.create("x-amz-checksum-type", type == null ? "" : type.name()));
        }
        return response;
    }

    private static HttpResponse stored(ObjectAnswer.Stored stored) {
        var headers = new ArrayList<HttpHeader>();
        headers.add(etag(stored.etag()));
        checksum(headers, stored.checksum(), stored.checksumType());
        return HttpResponse.create().withHeaders(headers);
    }

    /** Never held whole, and so neither compressed nor gathered on its way. */
    private static HttpResponse opened(ObjectAnswer.Opened opened) {
        var entry = opened.entry();
        var slice = opened.slice();
        var headers = new ArrayList<HttpHeader>();
        headers.add(etag(entry.etag()));
        headers.add(RawHeader.create("Last-Modified", DATE.format(entry.modified())));
        headers.add(RawHeader.create("Accept-Ranges", "bytes"));
        stored(entry, opened.reading().overrides())
                .forEach((name, value) -> headers.add(RawHeader.create(name, value)));
        if (slice != null) {
            headers.add(RawHeader.create("Content-Range", slice.contentRange(entry.bytes())));
        } else if (opened.reading().checksums()) {
            checksum(headers, entry.checksum(), entry.checksumType());
        }
        if (opened.parts() > 0 && entry.body() != null && entry.body().multipart()) {
            headers.add(RawHeader.create("x-amz-mp-parts-count", Integer.toString(opened.parts())));
        }
        long bytes = slice == null ? entry.bytes() : slice.to() - slice.from();
        var type = contentType(opened.reading()
                .overrides()
                .getOrDefault("Content-Type", entry.headers().contentType()));
        return HttpResponse.create()
                .withStatus(slice == null ? 200 : PARTIAL)
                .withHeaders(headers)
                .withEntity(
                        bytes == 0
                                ? HttpEntities.create(type, new byte[0])
                                : HttpEntities.create(type, bytes, opened.bytes()));
    }

    private static Map<String, String> stored(ObjectEntry entry, Map<String, String> overrides) {
        ObjectHeaders stored = entry.headers();
        var headers = new TreeMap<String, String>();
        put(headers, "Cache-Control", stored.cacheControl());
        put(headers, "Content-Disposition", stored.contentDisposition());
        put(headers, "Content-Encoding", stored.contentEncoding());
        put(headers, "Content-Language", stored.contentLanguage());
        put(headers, "Expires", stored.expires());
        headers.putAll(overrides);
        headers.remove("Content-Type");
        stored.metadata().forEach((name, value) -> headers.put("x-amz-meta-" + name, value));
        return headers;
    }

    private static void put(Map<String, String> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, value);
        }
    }

    private static void checksum(List<HttpHeader> headers, Checksum checksum, @Nullable ChecksumType type) {
        headers.add(RawHeader.create(checksum.algorithm().header(), checksum.value()));
        if (type != null) {
            headers.add(RawHeader.create("x-amz-checksum-type", type.name()));
        }
    }

    private static HttpHeader etag(String etag) {
        return RawHeader.create("ETag", "\"" + etag + "\"");
    }

    private static ContentType contentType(String text) {
        try {
            return ContentTypes.parse(text);
        } catch (IllegalArgumentException unreadable) {
            return ContentTypes.APPLICATION_OCTET_STREAM;
        }
    }

    /** @param nodeName which node answers */
    static HttpResponse refusal(ServiceError error, RequestHead head, String requestId, String nodeName) {
        if (error.code() == ObjectError.NOT_MODIFIED) {
            return notModified(error.details());
        }
        var response = HttpResponse.create().withStatus(ErrorDocument.status(error));
        var document = ErrorDocument.encode(error, head.rawPath(), requestId, nodeName);
        return head.method().equals("HEAD")
                ? response.withEntity(HttpEntities.create(XML, document.length, Source.empty()))
                : response.withEntity(HttpEntities.create(XML, document));
    }

    private static HttpResponse notModified(Map<String, String> details) {
        var response = HttpResponse.create().withStatus(NOT_MODIFIED);
        var etag = details.get("ETag");
        var modified = details.get("LastModified");
        return etag == null || modified == null
                ? response
                : response.addHeader(etag(etag))
                        .addHeader(RawHeader.create("Last-Modified", DATE.format(Instant.parse(modified))));
    }
}
