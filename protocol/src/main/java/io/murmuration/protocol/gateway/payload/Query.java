package io.murmuration.protocol.gateway.payload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a query. */
final class Query {
    private Query() {}

    /** Decoded values by decoded names, in the order in which they were sent. A parameter without a value has the empty one. */
    static Map<String, List<String>> parameters(String raw) {
        var found = new LinkedHashMap<String, List<String>>();
        int from = 0;
        while (from < raw.length()) {
            int end = raw.indexOf('&', from);
            end = end < 0 ? raw.length() : end;
            if (end > from) {
                int equals = raw.indexOf('=', from);
                boolean valued = equals >= 0 && equals < end;
                var name = PathText.decodedQuery(raw.substring(from, valued ? equals : end));
                var value = valued ? PathText.decodedQuery(raw.substring(equals + 1, end)) : "";
                found.computeIfAbsent(name, first -> new ArrayList<>(1)).add(value);
            }
            from = end + 1;
        }
        return found;
    }
}
