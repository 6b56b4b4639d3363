package io.murmuration.function.instance;

/** Names of instances: {@code place~number}. All instances of a place are one shard. */
final class InstanceNames {
    private static final char DELIMITER = '~';

    private InstanceNames() {}

    /** @param unique among all instances of all times */
    static String name(String place, String unique) {
        return place + DELIMITER + unique;
    }

    static String place(String instance) {
        return instance.substring(0, instance.indexOf(DELIMITER));
    }
}
