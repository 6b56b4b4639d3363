package io.murmuration.journal.http;

import io.murmuration.base.Clock;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to a node that a request comes from another node of its cluster, and to that one that the answer comes from a node: both know the cluster's
 * secret. A request's header holds the time and the HMAC-SHA256 of method, path with query, and time; the answer's, the HMAC of the request's header.
 *
 * <p>A request can be repeated by whoever overhears it, for {@link #WINDOW}: he gets what he could have overheard. Bodies are not signed.
 */
public final class ClusterSignature {
    public static final String HEADER = "X-Murmur-Signature";

    /** How far the clocks of two nodes may differ. */
    public static final Duration WINDOW = Duration.ofMinutes(5);

    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] secret;
    private final Clock clock;

    /** @param secret the cluster's, as its settings have it */
    public ClusterSignature(String secret, Clock clock) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    public String sign(String method, String pathAndQuery) {
        return sign(method, pathAndQuery, clock.millis());
    }

    public boolean isSigned(String method, String pathAndQuery, String header) {
        int dot = header.indexOf('.');
        if (dot < 1 || !header.substring(0, dot).matches("[0-9]{1,18}")) {
            return false;
        }
        long millis = Long.parseLong(header.substring(0, dot));
        return Math.abs(clock.millis() - millis) <= WINDOW.toMillis()
                && same(header, sign(method, pathAndQuery, millis));
    }

    public String answer(String requestHeader) {
        return hmac("answer\n" + requestHeader);
    }

    public boolean isAnswer(String requestHeader, String header) {
        return same(header, answer(requestHeader));
    }

    private String sign(String method, String pathAndQuery, long millis) {
        return millis + "." + hmac("request\n" + method + "\n" + pathAndQuery + "\n" + millis);
    }

    /** In a time that does not tell how much of it is right. */
    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private String hmac(String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
