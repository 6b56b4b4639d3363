package io.murmuration.edge.caching;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.edge.caching.RangeRules.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeRulesTest {
    private static final long LENGTH = 10;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,1",
        "bytes=2-4,2,5",
        "bytes=2-,2,10",
        "bytes=8-100,8,10",
        "bytes=-3,7,10",
        "bytes=-100,0,10",
        "bytes = 1-2,1,3"
    })
    void a_range_is_cut(String range, long from, long to) {
        assertThat(part(range)).isEqualTo(new Part.Slice(from, to));
    }

    @ParameterizedTest
    @CsvSource({"bytes=10-", "bytes=10-12", "bytes=-0"})
    void what_is_not_there_cannot_be(String range) {
        assertThat(part(range)).isEqualTo(new Part.Unsatisfiable());
    }

    /** "A server MAY ignore the Range header field", and has to where it is not valid (RFC 9110, 14.2). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"bytes=4-2", "bytes=-", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b", "1-2"})
    void what_is_no_single_range_gets_the_whole(String range) {
        assertThat(part(range)).isEqualTo(new Part.Whole());
    }

    @Test
    void if_range_compares_strongly() {
        assertThat(part("bytes=0-1", "If-Range", "\"v\"")).isEqualTo(new Part.Slice(0, 2));
        assertThat(part("bytes=0-1", "If-Range", "W/\"v\"")).isEqualTo(new Part.Whole());
        assertThat(part("bytes=0-1", "If-Range", "\"w\"")).isEqualTo(new Part.Whole());
        assertThat(part("bytes=0-1", "If-Range", "Sat, 01 Jan 2000 00:00:00 GMT"))
                .isEqualTo(new Part.Slice(0, 2));
        assertThat(part("bytes=0-1", "If-Range", "Sun, 02 Jan 2000 00:00:00 GMT"))
                .isEqualTo(new Part.Whole());
    }

    private static Part part(String range, String... more) {
        var headers = Headers.of("Range", range);
        for (var field : Headers.of(more).fields()) {
            headers = headers.and(field.name(), field.value());
        }
        var stored =
                new ResponseHead(200, Headers.of("ETag", "\"v\"", "Last-Modified", "Sat, 01 Jan 2000 00:00:00 GMT"));
        return RangeRules.part(
                new ViewerRequest("GET", "/", "", headers), new StoredHead(stored, Headers.NONE, 0, 0), LENGTH);
    }
}
