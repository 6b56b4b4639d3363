package io.murmuration.edge.distribution;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The names of distributions and invalidations, made of what their clients call them: so that the same request twice means the same resource, and the
 * catalogue's comparing and setting refuses the second.
 */
final class Names {
    /** Of all invalidations; distributions begin with another letter. */
    static final String ALL_INVALIDATIONS = "invalidation/";

    private static final char[] LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".toCharArray();
    private static final int LENGTH = 13;

    private Names() {}

    /** The id, which is the resource's name, of the distribution that is made with this reference. */
    static String distribution(String callerReference) {
        return "E" + hash("distribution", callerReference);
    }

    /** @param incarnation the resource id of the distribution, so that one of the same name that comes later has none of its invalidations */
    static String invalidation(long incarnation, String callerReference) {
        return "I" + hash("invalidation", incarnation + "/" + callerReference);
    }

    static String resource(long incarnation, String invalidation) {
        return resources(incarnation) + invalidation;
    }

    /** What the names of a distribution's invalidations begin with. */
    static String resources(long incarnation) {
        return ALL_INVALIDATIONS + incarnation + "/";
    }

    static boolean isInvalidation(String resource) {
        return resource.startsWith(ALL_INVALIDATIONS);
    }

    static boolean isDistribution(String id) {
        return id.matches("E[0-9A-Z]{13}");
    }

    /** What changes whenever the configuration does. */
    static String etag(long incarnation, long version) {
        return "E" + hash("etag", incarnation + "/" + version);
    }

    static boolean isEtag(String text) {
        return text.matches("E[0-9A-Z]{13}");
    }

    private static String hash(String kind, String text) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest((kind + "\n" + text).getBytes(StandardCharsets.UTF_8));
            var number = new BigInteger(1, digest);
            var id = new char[LENGTH];
            var base = BigInteger.valueOf(LETTERS.length);
            for (int at = 0; at < LENGTH; at++) {
                var split = number.divideAndRemainder(base);
                id[at] = LETTERS[split[1].intValue()];
                number = split[0];
            }
            return new String(id);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
