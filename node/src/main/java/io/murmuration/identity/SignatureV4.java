package io.murmuration.identity;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AWS Signature Version 4, from "Create a signed AWS API request" in the IAM user guide: a hash of the canonical request, signed with a key derived
 * from the secret, the date, the region and the service.
 */
final class SignatureV4 {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private SignatureV4() {}

    /** The signature in hexadecimal digits that the holder of the secret would give this request. */
    static String signature(SignedRequest request, Authorization authorization, String secret) {
        var key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (var part : authorization.scope().subList(1, authorization.scope().size())) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(key, stringToSign(request, authorization)));
    }

    static String stringToSign(SignedRequest request, Authorization authorization) {
        var canonical = canonicalRequest(request, authorization.signedHeaders()).getBytes(StandardCharsets.UTF_8);
        return String.join("\n", ALGORITHM, authorization.date(), authorization.credentialScope(), hash(canonical));
    }

    static String canonicalRequest(SignedRequest request, List<String> signedHeaders) {
        var headers = signedHeaders.stream()
                .map(name -> name + ":" + trimmed(request.header(name)) + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                request.method(),
                request.path().isEmpty() ? "/" : request.path(),
                canonicalQuery(request.query()),
                headers,
                String.join(";", signedHeaders),
                hash(request.body()));
    }

    /** Sorted by name, then by value. They come encoded, and stay as the client encoded them. */
    private static String canonicalQuery(String query) {
        if (query.isEmpty()) {
            return "";
        }
        return Arrays.stream(query.split("&"))
                .map(parameter -> parameter.contains("=") ? parameter : parameter + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    }

    /** "Trim any leading or trailing spaces … convert sequential spaces to a single space". */
    private static String trimmed(@Nullable String value) {
        return value == null ? "" : value.strip().replaceAll(" +", " ");
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
