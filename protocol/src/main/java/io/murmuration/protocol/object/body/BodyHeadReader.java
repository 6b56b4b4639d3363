package io.murmuration.protocol.object.body;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.RequestHead;
import io.murmuration.protocol.object.body.BodyHead.Framing;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a request's headers say of its body. Sources: S3 API reference, "Transferring payload in multiple chunks" and "Checking object integrity". */
public final class BodyHeadReader {
    /** Of one object or part in one request. */
    public static final long BYTES_MAX = 5L << 30;

    private static final String SHA256 = "x-amz-content-sha256";
    private static final String STREAMING = "STREAMING-";
    private static final String STREAMING_UNSIGNED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private static final String MD5 = "content-md5";
    private static final int MD5_BYTES = 16;
    private static final Pattern HEX_SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private BodyHeadReader() {}

    /** The body of an object or a part. Its length must be known. */
    public static BodyHead ofObject(RequestHead head) {
        var bytes = length(head, isChunked(head) ? "x-amz-decoded-content-length" : "content-length");
        if (bytes == null) {
            throw BodyErrors.missingLength();
        }
        if (bytes > BYTES_MAX) {
            throw BodyErrors.tooLarge(bytes, BYTES_MAX);
        }
        return read(head, bytes, checksum(head));
    }

    /**
     * The body of an operation that sends a document.
     *
     * @param sentBytes of the body as it came
     * @param checksumIsElsewhere the headers' checksum is not this document's
     */
    public static BodyHead ofDocument(RequestHead head, int sentBytes, boolean checksumIsElsewhere) {
        var decoded = isChunked(head) ? length(head, "x-amz-decoded-content-length") : null;
        return read(head, decoded == null ? sentBytes : decoded, checksumIsElsewhere ? null : checksum(head));
    }

    public static boolean isChunked(RequestHead head) {
        var sha256 = head.header(SHA256);
        var encoding = head.header("content-encoding");
        boolean streaming = sha256 != null && sha256.startsWith(STREAMING);
        return streaming
                || (encoding != null && encoding.toLowerCase(Locale.ROOT).contains("aws-chunked"));
    }

    /** The checksum that the headers carry; null if they carry none. Refused if it is malformed, or there are two. */
    public static @Nullable Checksum checksum(RequestHead head) {
        Checksum found = null;
        for (var algorithm : ChecksumAlgorithm.values()) {
            var value = head.header(algorithm.header());
            if (value != null) {
                if (found != null) {
                    throw twoChecksums();
                }
                found = new Checksum(algorithm, value);
                if (!found.isWellFormed() && !isComposite(value)) {
                    throw BodyErrors.invalid("Value for " + algorithm.header() + " header is invalid.");
                }
            }
        }
        return found;
    }

    /** A header that is a count of bytes; null if it is not there. */
    public static @Nullable Long length(RequestHead head, String header) {
        var value = head.header(header);
        if (value == null) {
            return null;
        }
        try {
            long bytes = Long.parseLong(value);
            if (bytes >= 0) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            // refused below, as a negative one is
        }
        throw new ServiceException(
                ObjectErrors.invalidArgument("Value for " + header + " header is invalid.", header, value));
    }

    private static BodyHead read(RequestHead head, long bytes, @Nullable Checksum checksum) {
        if (checksum != null && !checksum.isWellFormed()) {
            throw BodyErrors.invalid("Value for " + checksum.algorithm().header() + " header is invalid.");
        }
        var trailing = trailing(head);
        if (checksum != null && trailing != null) {
            throw twoChecksums();
        }
        checkAlgorithm(head, checksum, trailing);
        return new BodyHead(bytes, framing(head), md5(head), checksum, trailing, sha256(head));
    }

    /** An object's checksum of checksums, with which an upload in parts may be completed. */
    private static boolean isComposite(String value) {
        return value.matches("[A-Za-z0-9+/]+=*-\\d{1,5}");
    }

    private static Framing framing(RequestHead head) {
        if (!isChunked(head)) {
            return Framing.PLAIN;
        }
        var sha256 = head.header(SHA256);
        boolean signed = sha256 != null && sha256.startsWith(STREAMING) && !sha256.equals(STREAMING_UNSIGNED);
        return signed ? Framing.SIGNED_CHUNKS : Framing.CHUNKED;
    }

    private static @Nullable ChecksumAlgorithm trailing(RequestHead head) {
        var trailer = head.header("x-amz-trailer");
        if (trailer == null || trailer.isEmpty()) {
            return null;
        }
        for (var algorithm : ChecksumAlgorithm.values()) {
            if (algorithm.header().equalsIgnoreCase(trailer) && isChunked(head)) {
                return algorithm;
            }
        }
        throw BodyErrors.invalid("The value specified in the x-amz-trailer header is not supported");
    }

    private static void checkAlgorithm(
            RequestHead head, @Nullable Checksum checksum, @Nullable ChecksumAlgorithm trailing) {
        var name = head.header("x-amz-sdk-checksum-algorithm");
        if (name == null) {
            return;
        }
        var named = ChecksumAlgorithm.named(name);
        var given = checksum == null ? trailing : checksum.algorithm();
        if (given == null && !head.has(MD5)) {
            throw BodyErrors.invalid("x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or "
                    + "x-amz-trailer headers were found.");
        }
        if (given != null && given != named) {
            throw BodyErrors.invalid("Value for x-amz-sdk-checksum-algorithm header is invalid.");
        }
    }

    private static @Nullable String md5(RequestHead head) {
        var value = head.header(MD5);
        if (value == null) {
            return null;
        }
        try {
            if (Base64.getDecoder().decode(value).length == MD5_BYTES) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            // refused below, as one of another length is
        }
        throw BodyErrors.invalidMd5();
    }

    private static @Nullable String sha256(RequestHead head) {
        var value = head.header(SHA256);
        return value != null && HEX_SHA256.matcher(value).matches() ? value.toLowerCase(Locale.ROOT) : null;
    }

    private static ServiceException twoChecksums() {
        return BodyErrors.invalid(
                "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
}
