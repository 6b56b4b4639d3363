package io.murmuration.protocol.function;

import org.jspecify.annotations.Nullable;

/** Where a request says that the code is. Any part may be absent, until {@link FunctionRules} has looked. */
public final class FunctionCode {
    private final byte @Nullable [] zip;
    private final @Nullable String bucket;
    private final @Nullable String key;
    private final @Nullable String objectVersion;

    FunctionCode(byte @Nullable [] zip, @Nullable String bucket, @Nullable String key, @Nullable String objectVersion) {
        this.zip = zip;
        this.bucket = bucket;
        this.key = key;
        this.objectVersion = objectVersion;
    }

    /** The zip itself, which shall not be changed; null if it lies in a bucket. */
    public byte @Nullable [] zip() {
        return zip;
    }

    public @Nullable String bucket() {
        return bucket;
    }

    public @Nullable String key() {
        return key;
    }

    /** Null for the newest. */
    public @Nullable String objectVersion() {
        return objectVersion;
    }
}
