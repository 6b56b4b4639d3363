package io.murmuration.journal;

import java.nio.charset.StandardCharsets;

/** Where an entity lives, from its persistence id. Never changes: stored events are found again by it. */
final class PersistenceIdRules {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int GROUP_DIGITS_MAX = 6;

    private PersistenceIdRules() {}

    static int groupOf(String persistenceId, int groups) {
        var named = namedGroup(persistenceId);
        if (named >= 0 && named < groups) {
            return named;
        }
        return groups == 1 ? 0 : 1 + (int) Long.remainderUnsigned(hash(persistenceId), groups - 1L);
    }

    /** The number after the last {@code @}, -1 if there is none or it is written otherwise than numbers are. */
    private static int namedGroup(String persistenceId) {
        var digits = persistenceId.substring(persistenceId.lastIndexOf('@') + 1);
        var isNumber = digits.length() < persistenceId.length()
                && !digits.isEmpty()
                && digits.length() <= GROUP_DIGITS_MAX
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        return isNumber ? Integer.parseInt(digits) : -1;
    }

    /** FNV-1a over UTF-8, its high bits folded in. */
    private static long hash(String text) {
        var hash = FNV_OFFSET;
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (next & 0xFF)) * FNV_PRIME;
        }
        return hash ^ (hash >>> 32);
    }
}
