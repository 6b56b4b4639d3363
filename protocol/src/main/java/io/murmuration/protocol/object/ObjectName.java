package io.murmuration.protocol.object;

/** An object's bucket and key, both as the client wrote them and within {@link ObjectNames}' rules. */
public record ObjectName(String bucket, String key) {
    public ObjectName {
        ObjectNames.bucket(bucket);
        ObjectNames.key(key);
    }
}
