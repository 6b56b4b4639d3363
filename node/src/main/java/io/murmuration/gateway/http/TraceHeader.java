package io.murmuration.gateway.http;

import io.murmuration.base.Chance;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** X-Ray's trace header: a caller's is taken over, so that what it began goes on; another is made where there is none. */
final class TraceHeader {
    static final String NAME = "X-Amzn-Trace-Id";

    private static final Pattern ROOT = Pattern.compile("Root=1-[0-9a-fA-F]{8}-[0-9a-fA-F]{24}");
    private static final int CHARS_MAX = 512;

    private TraceHeader() {}

    /** @param given by the caller; empty if it gave none */
    static String of(String given, long nowMillis, Chance chance) {
        if (!given.isEmpty()
                && given.length() <= CHARS_MAX
                && ROOT.matcher(given).find()) {
            return given;
        }
        var hex = HexFormat.of();
        return "Root=1-" + hex.toHexDigits((int) (nowMillis / 1000)) + "-" + hex.toHexDigits((int) chance.nextLong())
                + hex.toHexDigits(chance.nextLong());
    }

    /** The trace itself, without what else the header says. */
    static String root(String header) {
        var root = ROOT.matcher(header);
        return root.find() ? root.group().substring("Root=".length()) : header;
    }
}
