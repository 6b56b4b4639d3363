package io.murmuration.cli.demo;

import java.util.HashSet;
import java.util.Set;

/** Puts under keys of their own: repeating one is harmless, so each is in the end acknowledged or given up as unknown. */
final class PutLedger {
    private final Set<String> acknowledged = new HashSet<>();
    private final Set<String> unknown = new HashSet<>();

    void acknowledged(String key) {
        acknowledged.add(key);
    }

    void unknown(String key) {
        unknown.add(key);
    }

    /** @param found all keys of this writer that are there */
    Tally against(Set<String> found) {
        var lost = acknowledged.stream().filter(key -> !found.contains(key)).count();
        var strange = found.stream()
                .filter(key -> !acknowledged.contains(key) && !unknown.contains(key))
                .count();
        return new Tally(
                acknowledged.size() + unknown.size(),
                acknowledged.size(),
                unknown.size(),
                found.size() - strange,
                lost,
                strange);
    }
}
