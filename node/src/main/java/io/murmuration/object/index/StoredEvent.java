package io.murmuration.object.index;

/**
 * A change of an object that a function is to be told of; kept until it was accepted.
 *
 * @param sequence grows with each change of the bucket's objects in this group
 * @param etag empty if the object is gone
 */
public record StoredEvent(
        long bucket,
        long sequence,
        int target,
        String function,
        String configuration,
        String event,
        String bucketName,
        String key,
        long bytes,
        String etag,
        long millis,
        String requestId,
        String address) {}
