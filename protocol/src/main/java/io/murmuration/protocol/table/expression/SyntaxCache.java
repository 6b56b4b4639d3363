package io.murmuration.protocol.table.expression;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was parsed of the texts used last. Programs send the same few texts with ever new values, so most requests need not be parsed.
 *
 * <p>Bounded by two generations: a full one becomes the old one and the old one is forgotten; what is used again moves over. Reads take no
 * lock. Failures are not kept.
 *
 * @param <T> immutable
 */
final class SyntaxCache<T> {
    /** A text has at most 4 KB and a tree some ten times that: with these two generations are at most some 20 MB. */
    private static final int GENERATION_MAX = 256;

    private volatile ConcurrentHashMap<String, T> young = new ConcurrentHashMap<>();
    private volatile ConcurrentHashMap<String, T> old = new ConcurrentHashMap<>();

    T get(String text, Function<String, T> parse) {
        T found = young.get(text);
        if (found != null) {
            return found;
        }
        @Nullable T aged = old.get(text);
        T parsed = aged == null ? parse.apply(text) : aged;
        keep(text, parsed);
        return parsed;
    }

    private synchronized void keep(String text, T parsed) {
        if (young.size() >= GENERATION_MAX) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
        young.put(text, parsed);
    }

    int size() {
        return young.size() + old.size();
    }
}
