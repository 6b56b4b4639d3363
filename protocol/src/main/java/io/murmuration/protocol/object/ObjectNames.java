package io.murmuration.protocol.object;

import io.murmuration.protocol.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** What buckets and objects may be called. Source: S3 user guide, "General purpose bucket naming rules" and "Naming Amazon S3 objects". */
public final class ObjectNames {
    /** Of a key in UTF-8. */
    public static final int KEY_BYTES_MAX = 1024;

    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final List<String> RESERVED_BEGINNINGS = List.of("xn--", "sthree-", "amzn-s3-demo-");
    private static final List<String> RESERVED_ENDS = List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

    private ObjectNames() {}

    public static boolean isBucket(String name) {
        return BUCKET.matcher(name).matches()
                && !name.contains("..")
                && !ADDRESS.matcher(name).matches()
                && RESERVED_BEGINNINGS.stream().noneMatch(name::startsWith)
                && RESERVED_ENDS.stream().noneMatch(name::endsWith);
    }

    /** Refuses the name as {@code InvalidBucketName}. */
    public static String bucket(String name) {
        if (!isBucket(name)) {
            throw new ServiceException(ObjectErrors.invalidBucketName(name));
        }
        return name;
    }

    /** Refuses a key that is too long as {@code KeyTooLongError}. Any other text that is not empty is a key. */
    public static String key(String key) {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > KEY_BYTES_MAX) {
            throw new ServiceException(ObjectErrors.keyTooLong(bytes));
        }
        return key;
    }
}
