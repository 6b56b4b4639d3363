package io.murmuration.edge.caching;

/**
 * A stored response without its body.
 *
 * @param selecting those of the request's headers that the response's {@code Vary} names
 * @param requestMillis when the request that fetched or last validated it left, in epoch milliseconds
 * @param responseMillis when its head arrived
 */
public record StoredHead(ResponseHead head, Headers selecting, long requestMillis, long responseMillis) {
    /** When the origin made it: {@code Date}, or its arrival if there is none (RFC 9110, 6.6.1). */
    long dateMillis() {
        return head.headers()
                .first("Date")
                .map(date -> HttpDates.parse(date, responseMillis).orElse(responseMillis))
                .orElse(responseMillis);
    }

    /** Whether the origin can be asked if it still holds (RFC 9111, 4.3.1). */
    public boolean hasValidator() {
        return head.headers().has("ETag") || head.headers().has("Last-Modified");
    }
}
