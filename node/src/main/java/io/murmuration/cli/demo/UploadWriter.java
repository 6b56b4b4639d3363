package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.SplittableRandom;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Uploads objects of several sizes, the large ones in parts. What is in each follows from its key. */
final class UploadWriter extends IdWriter {
    private static final Duration BREATH = Duration.ofMillis(250);
    private static final String PREFIX = "uploads/";
    private static final int[] SIZES = {700, 64 << 10, 1 << 20, 300_001, (6 << 20) + 17};

    /** All but the last have to be so large. */
    private static final int PART_BYTES = 5 << 20;

    private final String bucket;

    UploadWriter(Clients clients, int endpoint, Clock clock, String bucket) {
        super(clients, endpoint, clock, BREATH);
        this.bucket = bucket;
    }

    @Override
    String id(int number) {
        return PREFIX + number;
    }

    @Override
    boolean attempt(int number) {
        var client = clients().objectsAt(endpoint());
        var content = content(number);
        try {
            if (content.length > PART_BYTES) {
                putInParts(client, id(number), content);
            } else {
                client.putObject(request -> request.bucket(bucket).key(id(number)), RequestBody.fromBytes(content));
            }
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    private void putInParts(S3Client client, String key, byte[] content) {
        var upload = client.createMultipartUpload(
                        request -> request.bucket(bucket).key(key))
                .uploadId();
        var parts = new ArrayList<CompletedPart>();
        for (int from = 0; from < content.length; from += PART_BYTES) {
            var part = Arrays.copyOfRange(content, from, Math.min(from + PART_BYTES, content.length));
            int number = parts.size() + 1;
            var etag = client.uploadPart(
                            request -> request.bucket(bucket)
                                    .key(key)
                                    .uploadId(upload)
                                    .partNumber(number),
                            RequestBody.fromBytes(part))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
        }
        client.completeMultipartUpload(request ->
                request.bucket(bucket).key(key).uploadId(upload).multipartUpload(completed -> completed.parts(parts)));
    }

    static byte[] content(int number) {
        var bytes = new byte[SIZES[number % SIZES.length]];
        new SplittableRandom(number).nextBytes(bytes);
        return bytes;
    }

    /** An object with another content than its own is as good as lost, and one that nobody wrote. */
    @Override
    Tally check() {
        var client = clients().objectsAt(endpoint());
        var there = new HashSet<>(
                client.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(PREFIX)).contents().stream()
                        .map(S3Object::key)
                        .toList());
        var found = new HashSet<String>();
        for (int number = 1; number <= number(); number++) {
            var key = id(number);
            if (there.remove(key)) {
                found.add(isWhole(client, number) ? key : key + " is not what was written");
            }
        }
        found.addAll(there);
        return ledger().against(found);
    }

    private boolean isWhole(S3Client client, int number) {
        var stored = client.getObjectAsBytes(request -> request.bucket(bucket).key(id(number)));
        return Arrays.equals(stored.asByteArrayUnsafe(), content(number));
    }
}
