package io.murmuration.protocol.object.body;

import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectError;
import java.util.Map;

/** What S3 says of bodies, in its words. */
final class BodyErrors {
    private BodyErrors() {}

    static ServiceException missingLength() {
        return refused(ObjectError.MISSING_CONTENT_LENGTH, "You must provide the Content-Length HTTP header.");
    }

    static ServiceException tooLarge(long bytes, long most) {
        return new ServiceException(new ServiceError(
                ObjectError.ENTITY_TOO_LARGE,
                "Your proposed upload exceeds the maximum allowed size",
                Map.of("ProposedSize", "" + bytes, "MaxSizeAllowed", "" + most)));
    }

    static ServiceException incomplete() {
        return refused(
                ObjectError.INCOMPLETE_BODY,
                "You did not provide the number of bytes specified by the Content-Length HTTP header");
    }

    static ServiceException notChunked() {
        return refused(
                ObjectError.INVALID_REQUEST,
                "The request body is not in the chunks that the request's headers announce");
    }

    static ServiceException smallChunk(long chunk, long bytes) {
        return new ServiceException(new ServiceError(
                ObjectError.INVALID_CHUNK_SIZE,
                "Only the last chunk is allowed to have a size less than 8192 bytes",
                Map.of("Chunk", "" + chunk, "BadChunkSize", "" + bytes)));
    }

    static ServiceException trailer() {
        return refused(
                ObjectError.MALFORMED_TRAILER,
                "The request contained trailing data that was not well-formed or did not conform to our published schema.");
    }

    static ServiceException invalidMd5() {
        return refused(ObjectError.INVALID_DIGEST, "The Content-MD5 you specified was invalid.");
    }

    static ServiceException badMd5(String expected, String calculated) {
        return new ServiceException(new ServiceError(
                ObjectError.BAD_DIGEST,
                "The Content-MD5 you specified did not match what we received.",
                Map.of("ExpectedDigest", expected, "CalculatedDigest", calculated)));
    }

    static ServiceException badChecksum(ChecksumAlgorithm algorithm) {
        return refused(
                ObjectError.BAD_DIGEST, "The " + algorithm + " you specified did not match the calculated checksum.");
    }

    static ServiceException badSha256(String expected, String calculated) {
        return new ServiceException(new ServiceError(
                ObjectError.CONTENT_SHA256_MISMATCH,
                "The provided 'x-amz-content-sha256' header does not match what was computed.",
                Map.of("ClientComputedContentSHA256", expected, "S3ComputedContentSHA256", calculated)));
    }

    static ServiceException invalid(String message) {
        return refused(ObjectError.INVALID_REQUEST, message);
    }

    private static ServiceException refused(ErrorCode code, String message) {
        return new ServiceException(new ServiceError(code, message));
    }
}
