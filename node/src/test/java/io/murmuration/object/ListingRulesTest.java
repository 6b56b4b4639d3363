package io.murmuration.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.murmuration.object.ListingRules.Entry;
import io.murmuration.object.ListingRules.Page;
import io.murmuration.object.ListingRules.SortedKeys;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.operation.ObjectRequest.ListObjects;
import io.murmuration.protocol.object.operation.ObjectRequest.ListObjectsV2;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListingRulesTest {
    private static final Comparator<String> BY_BYTES = (a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b));
    /** Few, so that prefixes meet; the last two sort otherwise by their chars than by their bytes. */
    private static final String[] LETTERS = {"a", "b", "/", "-", "é", "\uFFFD", "\uD83D\uDC26"};

    @Test
    void keys_below_a_delimiter_are_one_prefix() {
        var index = index("a", "b/1", "b/2", "c", "d/", "d/e/f");

        var page = ListingRules.page(request("", "/", "", null, 1000), index, Integer.MAX_VALUE);

        assertThat(keys(page)).containsExactly("a", "c");
        assertThat(page.commonPrefixes()).containsExactly("b/", "d/");
        assertThat(page.token()).isNull();
    }

    @Test
    void a_prefix_is_looked_below() {
        var page = ListingRules.page(
                request("d/", "/", "", null, 1000), index("a", "d/", "d/e/f", "d/g", "e"), Integer.MAX_VALUE);

        assertThat(keys(page)).containsExactly("d/", "d/g");
        assertThat(page.commonPrefixes()).containsExactly("d/e/");
    }

    /** "Marker is where you want Amazon S3 to start listing from. Amazon S3 starts listing after this specified key." */
    @Test
    void a_marker_is_a_common_prefix_only_if_the_request_shows_it() {
        var index = index("a", "d/", "d/e/f", "d/g", "e");

        assertThat(keys(behind("d/", "d/", index))).containsExactly("d/g");
        assertThat(behind("d/", "d/", index).commonPrefixes()).containsExactly("d/e/");
        assertThat(keys(behind("d/", "d/e/", index))).containsExactly("d/g");
        assertThat(behind("d/", "d/e/", index).commonPrefixes()).isEmpty();
        assertThat(keys(behind("", "d/", index))).containsExactly("e");
        assertThat(behind("", "d/", index).commonPrefixes()).isEmpty();
        assertThat(keys(behind("d/", "c/", index))).containsExactly("d/", "d/g");
    }

    private static Page<String> behind(String prefix, String marker, SortedKeys<String> index) {
        var request = new ListObjects("birds", prefix, "/", marker, false, 1000);
        return ListingRules.page(ListingRules.asV2(request), index, Integer.MAX_VALUE);
    }

    @Test
    void a_page_of_no_keys_is_the_last() {
        var page = ListingRules.page(request("", "", "", null, 0), index("a"), Integer.MAX_VALUE);

        assertThat(keys(page)).isEmpty();
        assertThat(page.token()).isNull();
    }

    @Test
    void a_page_that_is_just_full_is_the_last_if_nothing_follows() {
        assertThat(ListingRules.page(request("a", "", "", null, 2), index("a1", "a2", "b"), Integer.MAX_VALUE)
                        .token())
                .isNull();
        assertThat(ListingRules.page(request("a", "", "", null, 2), index("a1", "a2", "a3"), Integer.MAX_VALUE)
                        .token())
                .isNotNull();
    }

    @Test
    void what_a_prefix_hides_is_not_walked() {
        var many = IntStream.range(0, 10_000).mapToObj(at -> "a/" + at).toArray(String[]::new);
        var index = new Index(many);

        var page = ListingRules.page(request("", "/", "", null, 10), index, Integer.MAX_VALUE);

        assertThat(page.commonPrefixes()).containsExactly("a/");
        assertThat(index.read).isLessThan(5);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void all_pages_together_are_what_a_plain_walk_gives(int seed) {
        var random = new Random(seed);
        var keys = Stream.generate(() -> text(random, 1 + random.nextInt(6)))
                .limit(random.nextInt(60))
                .toArray(String[]::new);
        var prefix = text(random, random.nextInt(3));
        var delimiter = random.nextInt(3) == 0 ? "" : random.nextInt(4) == 0 ? "-a" : "/";
        var startAfter = text(random, random.nextInt(3));
        var found = new ArrayList<String>();
        String token = null;
        int pages = 0;
        do {
            int most = 1 + random.nextInt(5);
            var page = ListingRules.page(
                    request(prefix, delimiter, startAfter, token, most), index(keys), Integer.MAX_VALUE);
            assertThat(page.objects().size() + page.commonPrefixes().size()).isLessThanOrEqualTo(most);
            found.addAll(merged(page));
            token = page.token();
            pages++;
        } while (token != null && pages < 1000);

        assertThat(found).as("seed %d", seed).isEqualTo(walked(keys, prefix, delimiter, startAfter));
    }

    /** The index in parts, as it is over the shards, whose pages end early now and then. */
    @ParameterizedTest
    @MethodSource("seeds")
    void pages_of_parts_merge_into_what_a_plain_walk_gives(int seed) {
        var random = new Random(seed);
        var keys = Stream.generate(() -> text(random, 1 + random.nextInt(6)))
                .limit(random.nextInt(60))
                .toArray(String[]::new);
        var prefix = text(random, random.nextInt(3));
        var delimiter = random.nextInt(3) == 0 ? "" : random.nextInt(4) == 0 ? "-a" : "/";
        var startAfter = text(random, random.nextInt(3));
        int shards = 1 + random.nextInt(4);
        var found = new ArrayList<String>();
        String token = null;
        int pages = 0;
        do {
            int most = 1 + random.nextInt(5);
            int bytesMax = 1 + random.nextInt(900);
            var parts = new ArrayList<Page<String>>();
            var request = request(prefix, delimiter, startAfter, token, most);
            for (int shard = 0; shard < shards; shard++) {
                int self = shard;
                var own = Stream.of(keys)
                        .filter(key -> Math.floorMod(key.hashCode(), shards) == self)
                        .toArray(String[]::new);
                parts.add(ListingRules.page(request, index(own), bytesMax));
            }
            var page = ListingRules.merge(request, parts);
            assertThat(page.objects().size() + page.commonPrefixes().size()).isLessThanOrEqualTo(most);
            found.addAll(merged(page));
            token = page.token();
            pages++;
        } while (token != null && pages < 1000);

        assertThat(found).as("seed %d", seed).isEqualTo(walked(keys, prefix, delimiter, startAfter));
    }

    @Test
    void a_token_stays_good_when_its_key_is_gone() {
        var token = ListingRules.page(request("", "", "", null, 1), index("a", "b", "c"), Integer.MAX_VALUE)
                .token();

        assertThat(keys(ListingRules.page(request("", "", "", token, 9), index("aa", "c"), Integer.MAX_VALUE)))
                .containsExactly("aa", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "AA", "Zm9v", "AQ"})
    void a_token_of_another_kind_is_refused(String token) {
        var refused = catchThrowableOfType(
                ServiceException.class,
                () -> ListingRules.page(request("", "", "", token, 9), index("a"), Integer.MAX_VALUE));

        assertThat(refused.error().code()).isEqualTo(ObjectError.INVALID_ARGUMENT);
        assertThat(refused.error().message()).isEqualTo("The continuation token provided is incorrect");
    }

    static IntStream seeds() {
        return IntStream.range(0, 500);
    }

    private static List<String> walked(String[] keys, String prefix, String delimiter, String startAfter) {
        var found = new LinkedHashSet<String>();
        for (var key : sorted(keys)) {
            if (key.startsWith(prefix) && (startAfter.isEmpty() || BY_BYTES.compare(key, startAfter) > 0)) {
                int at = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
                found.add(at < 0 ? key : key.substring(0, at + delimiter.length()));
            }
        }
        return List.copyOf(found);
    }

    private static List<String> merged(Page<String> page) {
        var all = new ArrayList<>(keys(page));
        all.addAll(page.commonPrefixes());
        all.sort(BY_BYTES);
        return all;
    }

    private static List<String> keys(Page<String> page) {
        return page.objects().stream().map(Entry::key).toList();
    }

    private static String text(Random random, int letters) {
        var text = new StringBuilder();
        for (int at = 0; at < letters; at++) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    private static ListObjectsV2 request(
            String prefix, String delimiter, String startAfter, @Nullable String token, int most) {
        return new ListObjectsV2("birds", prefix, delimiter, startAfter, token, false, most, false);
    }

    private static SortedKeys<String> index(String... keys) {
        return new Index(keys);
    }

    private static List<String> sorted(String[] keys) {
        var sorted = new TreeSet<>(BY_BYTES);
        sorted.addAll(List.of(keys));
        return List.copyOf(sorted);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Counts what is read of it. */
    private static final class Index implements SortedKeys<String> {
        private final List<String> keys;
        private int read;

        Index(String... keys) {
            this.keys = sorted(keys);
        }

        @Override
        public Iterator<Entry<String>> from(byte[] first) {
            return keys.stream()
                    .filter(key -> Arrays.compareUnsigned(utf8(key), first) >= 0)
                    .map(this::entry)
                    .iterator();
        }

        private Entry<String> entry(String key) {
            read++;
            return new Entry<>(key, key);
        }
    }
}
