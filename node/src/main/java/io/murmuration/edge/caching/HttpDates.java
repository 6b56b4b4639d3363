package io.murmuration.edge.caching;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Dates as RFC 9110, 5.6.7 has them: one form is written, three are read. */
final class HttpDates {
    private static final DateTimeFormatter IMF_FIXDATE = pattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'");
    private static final DateTimeFormatter ASCTIME = pattern("EEE MMM ppd HH:mm:ss uuuu");

    private HttpDates() {}

    /** Epoch milliseconds; empty if it is none of the three forms. The time now says which century two digits of a year mean. */
    static OptionalLong parse(String text, long nowMillis) {
        return Stream.of(IMF_FIXDATE, ASCTIME, rfc850(nowMillis))
                .map(form -> parse(text.strip(), form))
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    private static OptionalLong parse(String text, DateTimeFormatter form) {
        try {
            return OptionalLong.of(
                    LocalDateTime.parse(text, form).toInstant(ZoneOffset.UTC).toEpochMilli());
        } catch (DateTimeException otherForm) {
            return OptionalLong.empty();
        }
    }

    static String format(long epochMillis) {
        return IMF_FIXDATE.format(Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC));
    }

    /** "more than 50 years in the future" is a year of the past: so a window of a hundred years that ends there. */
    private static DateTimeFormatter rfc850(long nowMillis) {
        var windowStart = Instant.ofEpochMilli(nowMillis)
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .minusYears(49);
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, windowStart)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.ENGLISH);
    }

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }
}
