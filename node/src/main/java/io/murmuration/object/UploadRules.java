package io.murmuration.object;

import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.body.BodyHead;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.body.PartSums;
import io.murmuration.protocol.object.operation.ObjectRequest.CompleteMultipartUpload;
import io.murmuration.protocol.object.operation.ObjectRequest.CompletedPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether an upload in parts may be completed, and what object it makes. Refusals are {@link ServiceException}s. */
public final class UploadRules {
    /** Of every part but the last. */
    static final long PART_BYTES_MIN = 5L << 20;
    /** Of an object. */
    static final long OBJECT_BYTES_MAX = 5L << 40;

    /**
     * A part that was uploaded.
     *
     * @param etag MD5 in hexadecimal
     * @param checksum of the upload's algorithm, or CRC64NVME if the client named none
     * @param sent the one that came with the part, if it is another
     */
    public record UploadedPart(
            String etag,
            long bytes,
            Checksum checksum,
            @Nullable Checksum sent) {}

    /**
     * What the client asked for when it began.
     *
     * @param algorithm null if it named none
     */
    public record Upload(
            @Nullable ChecksumAlgorithm algorithm, @Nullable ChecksumType type) {
        /** What the parts are summed up with. */
        public ChecksumAlgorithm summedWith() {
            return algorithm == null ? ChecksumAlgorithm.CRC64NVME : algorithm;
        }
    }

    /**
     * The object that the parts make.
     *
     * @param checksum as the upload's algorithm and type want it; CRC64NVME of the whole if the client named none
     */
    public record Completed(String etag, long bytes, Checksum checksum, ChecksumType type) {}

    private UploadRules() {}

    /** A part's checksum must be of the algorithm that the upload began with, if it began with one; else it may have any. */
    public static void checkPart(Upload upload, BodyHead body) {
        var actual = body.algorithm();
        if (actual != null && upload.algorithm() != null && actual != upload.algorithm()) {
            throw new ServiceException(
                    ObjectErrors.invalidRequest("Checksum Type mismatch occurred, expected checksum Type: "
                            + lower(upload.algorithm()) + ", actual checksum Type: " + lower(actual)));
        }
    }

    /** @param uploaded by number */
    public static Completed complete(
            Upload upload, CompleteMultipartUpload request, Map<Integer, UploadedPart> uploaded) {
        var parts = chosen(upload, request, uploaded);
        long bytes = parts.stream().mapToLong(UploadedPart::bytes).sum();
        if (bytes > OBJECT_BYTES_MAX) {
            throw new ServiceException(new ServiceError(
                    ObjectError.ENTITY_TOO_LARGE,
                    "Your proposed upload exceeds the maximum allowed size",
                    Map.of("ProposedSize", "" + bytes, "MaxSizeAllowed", "" + OBJECT_BYTES_MAX)));
        }
        if (request.sizeBytes() != null && request.sizeBytes() != bytes) {
            throw new ServiceException(ObjectErrors.invalidRequest("The provided 'x-amz-mp-object-size' header value "
                    + request.sizeBytes() + " does not match what was computed: " + bytes));
        }
        var type = upload.type() == null ? ChecksumType.FULL_OBJECT : upload.type();
        var checksum = checksum(parts, type);
        checkWhole(request.checksum(), checksum);
        var etag = PartSums.etag(parts.stream().map(UploadedPart::etag).toList());
        return new Completed(etag, bytes, checksum, type);
    }

    private static List<UploadedPart> chosen(
            Upload upload, CompleteMultipartUpload request, Map<Integer, UploadedPart> uploaded) {
        var chosen = new ArrayList<UploadedPart>();
        int before = 0;
        for (var part : request.parts()) {
            if (part.partNumber() <= before) {
                throw new ServiceException(new ServiceError(
                        ObjectError.INVALID_PART_ORDER,
                        "The list of parts was not in ascending order. Parts must be ordered by part number.",
                        Map.of("UploadId", request.uploadId())));
            }
            before = part.partNumber();
            chosen.add(find(upload, request.uploadId(), part, uploaded.get(part.partNumber())));
        }
        for (int at = 0; at < chosen.size() - 1; at++) {
            if (chosen.get(at).bytes() < PART_BYTES_MIN) {
                throw tooSmall(request.parts().get(at), chosen.get(at));
            }
        }
        return chosen;
    }

    private static UploadedPart find(
            Upload upload, String uploadId, CompletedPart part, @Nullable UploadedPart uploaded) {
        if (uploaded == null || !uploaded.etag().equals(part.etag())) {
            throw invalidPart(uploadId, part);
        }
        var algorithm = upload.algorithm();
        if (part.checksum() == null) {
            if (algorithm != null && upload.type() == ChecksumType.COMPOSITE) {
                throw new ServiceException(ObjectErrors.invalidRequest("The upload was created using a "
                        + lower(algorithm)
                        + " checksum. The complete request must include the checksum for each part. It was missing for part "
                        + part.partNumber() + " in the request."));
            }
        } else if (!part.checksum().equals(uploaded.checksum())
                && !part.checksum().equals(uploaded.sent())) {
            throw invalidPart(uploadId, part);
        }
        return uploaded;
    }

    private static Checksum checksum(List<UploadedPart> parts, ChecksumType type) {
        return switch (type) {
            case COMPOSITE ->
                PartSums.composite(parts.stream().map(UploadedPart::checksum).toList());
            case FULL_OBJECT ->
                PartSums.whole(parts.stream()
                        .map(part -> new PartSums.Part(part.checksum(), part.bytes()))
                        .toList());
        };
    }

    private static void checkWhole(@Nullable Checksum expected, Checksum found) {
        if (expected == null || expected.equals(found)) {
            return;
        }
        throw new ServiceException(new ServiceError(
                ObjectError.BAD_DIGEST,
                "The " + expected.algorithm() + " you specified did not match the calculated checksum."));
    }

    private static String lower(@Nullable ChecksumAlgorithm algorithm) {
        return algorithm == null ? "null" : algorithm.name().toLowerCase(Locale.ROOT);
    }

    private static ServiceException invalidPart(String uploadId, CompletedPart part) {
        var message =
                "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity "
                        + "tag may not match the part's entity tag.";
        return new ServiceException(new ServiceError(
                ObjectError.INVALID_PART,
                message,
                Map.of("UploadId", uploadId, "PartNumber", "" + part.partNumber(), "ETag", part.etag())));
    }

    private static ServiceException tooSmall(CompletedPart part, UploadedPart uploaded) {
        return new ServiceException(new ServiceError(
                ObjectError.ENTITY_TOO_SMALL,
                "Your proposed upload is smaller than the minimum allowed size",
                Map.of(
                        "ETag", part.etag(),
                        "PartNumber", "" + part.partNumber(),
                        "ProposedSize", "" + uploaded.bytes(),
                        "MinSizeAllowed", "" + PART_BYTES_MIN)));
    }
}
