package io.murmuration.protocol.object.operation;

import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.ObjectName;
import io.murmuration.protocol.object.PercentCode;
import io.murmuration.protocol.object.RequestHead;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the headers that several operations share. */
final class RequestHeaders {
    private static final String METADATA_PREFIX = "x-amz-meta-";
    private static final String GRANT_PREFIX = "x-amz-grant-";
    private static final String COPY_SOURCE = "x-amz-copy-source";
    /** Those that would change what is stored, and have no effect here: better refused than ignored. */
    private static final Set<String> NOT_OFFERED = Set.of(
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-server-side-encryption-context",
            "x-amz-server-side-encryption-bucket-key-enabled",
            "x-amz-server-side-encryption-customer-algorithm",
            "x-amz-copy-source-server-side-encryption-customer-algorithm",
            "x-amz-tagging",
            "x-amz-website-redirect-location",
            "x-amz-object-lock-mode",
            "x-amz-object-lock-retain-until-date",
            "x-amz-object-lock-legal-hold",
            "x-amz-bucket-object-lock-enabled",
            "x-amz-write-offset-bytes",
            "x-amz-if-match-last-modified-time",
            "x-amz-if-match-size");

    private final RequestHead head;

    RequestHeaders(RequestHead head) {
        this.head = head;
    }

    /** Refuses what a client may not believe to have been done. */
    void check() {
        for (var name : head.names()) {
            var lower = name.toLowerCase(Locale.ROOT);
            if (NOT_OFFERED.contains(lower)) {
                throw new ServiceException(ObjectErrors.headerNotImplemented(name));
            }
            if (lower.startsWith(GRANT_PREFIX)) {
                throw aclsNotSupported();
            }
        }
        var acl = head.header("x-amz-acl");
        if (acl != null && !acl.equals("private") && !acl.equals("bucket-owner-full-control")) {
            throw aclsNotSupported();
        }
        var storageClass = head.header("x-amz-storage-class");
        if (storageClass != null && !storageClass.equals("STANDARD")) {
            throw new ServiceException(ObjectErrors.headerNotImplemented("x-amz-storage-class"));
        }
    }

    ReadConditions readConditions(String prefix) {
        return new ReadConditions(
                head.header(prefix + "if-match"),
                head.header(prefix + "if-none-match"),
                date(head.header(prefix + "if-modified-since")),
                date(head.header(prefix + "if-unmodified-since")));
    }

    WriteConditions writeConditions() {
        var ifNoneMatch = head.header("if-none-match");
        if (ifNoneMatch != null && !ifNoneMatch.equals("*")) {
            throw new ServiceException(ObjectErrors.headerNotImplemented("If-None-Match"));
        }
        var ifMatch = ifMatch();
        if ("*".equals(ifMatch)) {
            throw new ServiceException(ObjectErrors.headerNotImplemented("If-Match"));
        }
        return new WriteConditions(ifMatch, ifNoneMatch != null);
    }

    /** The one ETag that is wanted, quotes removed, or {@code *}; null if any will do, or none. */
    @Nullable
    String ifMatch() {
        var ifMatch = head.header("if-match");
        return ifMatch == null ? null : unquoted(ifMatch);
    }

    ObjectHeaders stored() {
        var type = head.header("content-type");
        return new ObjectHeaders(
                type == null || type.isEmpty() ? ObjectHeaders.DEFAULT_TYPE : type,
                head.header("cache-control"),
                head.header("content-disposition"),
                contentEncoding(),
                head.header("content-language"),
                head.header("expires"),
                metadata());
    }

    /** The object that a copy is taken from. */
    ObjectName copySource() {
        var source = head.header(COPY_SOURCE);
        var text = source == null ? "" : source;
        int query = text.indexOf('?');
        if (query >= 0 && !text.substring(query + 1).equals("versionId=null")) {
            throw new ServiceException(ObjectErrors.invalidArgument("Invalid version id specified", COPY_SOURCE, text));
        }
        var path = PercentCode.decode(query < 0 ? text : text.substring(0, query), false);
        var relative = path.startsWith("/") ? path.substring(1) : path;
        int slash = relative.indexOf('/');
        if (slash <= 0 || slash == relative.length() - 1) {
            throw new ServiceException(ObjectErrors.invalidArgument(
                    "Copy Source must mention the source bucket and key: sourcebucket/sourcekey", COPY_SOURCE, text));
        }
        return new ObjectName(relative.substring(0, slash), relative.substring(slash + 1));
    }

    /** Whether the copy shall have the headers of this request instead of the source's. */
    boolean replacesHeaders() {
        var directive = head.header("x-amz-metadata-directive");
        if (directive == null || directive.equals("COPY")) {
            return false;
        }
        if (!directive.equals("REPLACE")) {
            throw new ServiceException(
                    ObjectErrors.invalidArgument("Unknown metadata directive.", "x-amz-metadata-directive", directive));
        }
        return true;
    }

    static String unquoted(String etag) {
        boolean quoted = etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"");
        return quoted ? etag.substring(1, etag.length() - 1) : etag;
    }

    private @Nullable String contentEncoding() {
        var sent = head.header("content-encoding");
        if (sent == null) {
            return null;
        }
        var rest = Arrays.stream(sent.split(","))
                .map(String::strip)
                .filter(coding -> !coding.equalsIgnoreCase("aws-chunked") && !coding.isEmpty())
                .collect(Collectors.joining(","));
        return rest.isEmpty() ? null : rest;
    }

    private Map<String, String> metadata() {
        var metadata = new TreeMap<String, String>();
        int bytes = 0;
        for (var name : head.names()) {
            var lower = name.toLowerCase(Locale.ROOT);
            var value = head.header(name);
            if (lower.startsWith(METADATA_PREFIX) && value != null) {
                var own = lower.substring(METADATA_PREFIX.length());
                metadata.put(own, value);
                bytes += utf8Bytes(own) + utf8Bytes(value);
            }
        }
        if (bytes > ObjectHeaders.METADATA_BYTES_MAX) {
            throw new ServiceException(new ServiceError(
                    ObjectError.METADATA_TOO_LARGE,
                    "Your metadata headers exceed the maximum allowed metadata size",
                    Map.of("Size", "" + bytes, "MaxSizeAllowed", "" + ObjectHeaders.METADATA_BYTES_MAX)));
        }
        return metadata;
    }

    private static int utf8Bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Null if it is no date: such a condition "MUST be ignored" (RFC 9110, 13.1.3 and 13.1.4). */
    private static @Nullable Instant date(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static ServiceException aclsNotSupported() {
        return new ServiceException(new ServiceError(ObjectError.ACLS_NOT_SUPPORTED, "The bucket does not allow ACLs"));
    }
}
