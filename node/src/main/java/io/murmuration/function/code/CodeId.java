package io.murmuration.function.code;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Names a zip by its content.
 *
 * @param hex the SHA-256 of its bytes in 64 hexadecimal digits, lower case
 */
public record CodeId(String hex) {
    private static final String PATTERN = "[0-9a-f]{64}";

    public CodeId {
        if (!hex.matches(PATTERN)) {
            throw new IllegalArgumentException("no code's id: " + hex);
        }
    }

    /** Empty if the text is none. */
    public static Optional<CodeId> parse(String hex) {
        return hex.matches(PATTERN) ? Optional.of(new CodeId(hex)) : Optional.empty();
    }

    public static CodeId of(byte[] zip) {
        return new CodeId(HexFormat.of().formatHex(digest().digest(zip)));
    }

    /** Reads the file piece by piece. */
    static CodeId of(Path file) throws IOException {
        var digest = digest();
        try (var bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        return new CodeId(HexFormat.of().formatHex(digest.digest()));
    }

    /** @param base64 the digest as clients see it */
    public static CodeId ofBase64(String base64) {
        return new CodeId(HexFormat.of().formatHex(Base64.getDecoder().decode(base64)));
    }

    /** The digest as clients see it. */
    public String base64() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
