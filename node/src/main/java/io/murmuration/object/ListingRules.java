package io.murmuration.object;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.ObjectNames;
import io.murmuration.protocol.object.operation.ObjectRequest.ListObjects;
import io.murmuration.protocol.object.operation.ObjectRequest.ListObjectsV2;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A page of a listing. Keys sort by their bytes in UTF-8. A token is the place where the next page begins, in those bytes; so it stays good when keys come
 * and go.
 */
public final class ListingRules {
    /** An object in the index. */
    public record Entry<E>(String key, E object) {}

    /** An ordered index. */
    public interface SortedKeys<E> {
        /** Entries in order, from the first whose key's bytes are not less than these. */
        Iterator<Entry<E>> from(byte[] first);
    }

    /** @param token null if this was the last page */
    public record Page<E>(
            List<Entry<E>> objects,
            List<String> commonPrefixes,
            @Nullable String token) {}

    /** About what an entry weighs besides its key. */
    private static final int ENTRY_BYTES = 200;

    private static final byte TOKEN_VERSION = 1;
    private static final int TOKEN_BYTES_MAX = ObjectNames.KEY_BYTES_MAX + 2;
    /** Sorts behind everything that begins with what stands before it: UTF-8 has no such byte. */
    private static final byte BEHIND_ALL = (byte) 0xFF;
    /** What stands before it sorts before this, and nothing lies between. */
    private static final byte BEHIND_ONE = 0;

    private ListingRules() {}

    /**
     * At most {@code keysMax} keys and common prefixes. It reads one entry more, and after each common prefix goes to the index anew, so what a prefix
     * hides costs nothing. A page whose keys come to so many bytes ends early.
     */
    public static <E> Page<E> page(ListObjectsV2 request, SortedKeys<E> index, int bytesMax) {
        var objects = new ArrayList<Entry<E>>();
        var prefixes = new ArrayList<String>();
        var place = beginning(request);
        var entries = index.from(place);
        int room = request.keysMax();
        long bytes = 0;
        while (room > 0 && bytes < bytesMax && entries.hasNext()) {
            var entry = entries.next();
            if (!entry.key().startsWith(request.prefix())) {
                return new Page<>(objects, prefixes, null);
            }
            var common = commonPrefix(entry.key(), request);
            bytes += entry.key().length() + ENTRY_BYTES;
            if (common == null) {
                objects.add(entry);
                place = behind(entry.key(), BEHIND_ONE);
            } else {
                prefixes.add(common);
                place = behind(common, BEHIND_ALL);
                entries = index.from(place);
            }
            room--;
        }
        boolean more = request.keysMax() > 0
                && entries.hasNext()
                && entries.next().key().startsWith(request.prefix());
        return new Page<>(objects, prefixes, more ? token(place) : null);
    }

    /** A listing of the first version: its marker may be a common prefix, which is then not shown again. */
    static ListObjectsV2 asV2(ListObjects request) {
        var marker = request.marker();
        var behindKey = asV2(request, null);
        // only a prefix that this very request would show; else keys below it would be passed over
        boolean prefix = marker.startsWith(request.prefix()) && marker.equals(commonPrefix(marker, behindKey));
        return prefix ? asV2(request, token(behind(marker, BEHIND_ALL))) : behindKey;
    }

    private static ListObjectsV2 asV2(ListObjects request, @Nullable String token) {
        return new ListObjectsV2(
                request.bucket(),
                request.prefix(),
                request.delimiter(),
                request.marker(),
                token,
                request.urlEncoded(),
                request.keysMax(),
                true);
    }

    /** The last key or common prefix of a page that has one. */
    static <E> String lastShown(Page<E> page) {
        var objects = page.objects();
        var prefixes = page.commonPrefixes();
        if (objects.isEmpty() || prefixes.isEmpty()) {
            return objects.isEmpty() ? prefixes.getLast() : objects.getLast().key();
        }
        var key = objects.getLast().key().getBytes(StandardCharsets.UTF_8);
        var prefix = behind(prefixes.getLast(), BEHIND_ALL);
        return Arrays.compareUnsigned(key, prefix) > 0 ? objects.getLast().key() : prefixes.getLast();
    }

    /** Refuses a token that was never given. */
    static void check(ListObjectsV2 request) {
        beginning(request);
    }

    /**
     * One page of several: each of a part of the index, made for the same request. Where one of them ended early nothing behind its end is shown, for it
     * may have more there.
     */
    static <E> Page<E> merge(ListObjectsV2 request, List<Page<E>> pages) {
        byte @Nullable [] end = null;
        var sorted = new TreeMap<byte[], @Nullable Entry<E>>(Arrays::compareUnsigned);
        for (var page : pages) {
            page.objects().forEach(entry -> sorted.put(entry.key().getBytes(StandardCharsets.UTF_8), entry));
            page.commonPrefixes().forEach(prefix -> sorted.put(behind(prefix, BEHIND_ALL), null));
            var token = page.token();
            if (token != null && (end == null || Arrays.compareUnsigned(place(token), end) < 0)) {
                end = place(token);
            }
        }
        return cut(request, end == null ? sorted : sorted.headMap(end, true), end);
    }

    /** @param end null if the index ends with these */
    private static <E> Page<E> cut(
            ListObjectsV2 request, SortedMap<byte[], @Nullable Entry<E>> sorted, byte @Nullable [] end) {
        var objects = new ArrayList<Entry<E>>();
        var prefixes = new ArrayList<String>();
        byte @Nullable [] place = null;
        int room = request.keysMax();
        for (var each : sorted.entrySet()) {
            if (room == 0) {
                return new Page<>(objects, prefixes, place == null ? null : token(place));
            }
            var entry = each.getValue();
            if (entry != null) {
                objects.add(entry);
                place = behind(entry.key(), BEHIND_ONE);
            } else {
                place = each.getKey();
                prefixes.add(new String(place, 0, place.length - 1, StandardCharsets.UTF_8));
            }
            room--;
        }
        // what lies between the last that is shown and the end was shown by nobody, so that the next page may begin
        // behind the end
        return new Page<>(objects, prefixes, end == null || request.keysMax() == 0 ? null : token(end));
    }

    private static @Nullable String commonPrefix(String key, ListObjectsV2 request) {
        if (request.delimiter().isEmpty()) {
            return null;
        }
        int at = key.indexOf(request.delimiter(), request.prefix().length());
        return at < 0 ? null : key.substring(0, at + request.delimiter().length());
    }

    private static byte[] beginning(ListObjectsV2 request) {
        var prefix = request.prefix().getBytes(StandardCharsets.UTF_8);
        var after = request.startAfter();
        var token = request.token();
        var place = token != null ? place(token) : after.isEmpty() ? prefix : behind(after, BEHIND_ONE);
        return Arrays.compareUnsigned(place, prefix) < 0 ? prefix : place;
    }

    private static byte[] behind(String text, byte last) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var place = Arrays.copyOf(bytes, bytes.length + 1);
        place[bytes.length] = last;
        return place;
    }

    private static String token(byte[] place) {
        var bytes = new byte[place.length + 1];
        bytes[0] = TOKEN_VERSION;
        System.arraycopy(place, 0, bytes, 1, place.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] place(String token) {
        try {
            var bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length > 1 && bytes.length <= TOKEN_BYTES_MAX && bytes[0] == TOKEN_VERSION) {
                return Arrays.copyOfRange(bytes, 1, bytes.length);
            }
        } catch (IllegalArgumentException e) {
            // refused below, as a token of another kind is
        }
        throw new ServiceException(ObjectErrors.invalidArgument(
                "The continuation token provided is incorrect", "continuation-token", token));
    }
}
