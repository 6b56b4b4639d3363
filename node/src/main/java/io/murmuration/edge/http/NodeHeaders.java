package io.murmuration.edge.http;

import io.murmuration.config.Geography;
import io.murmuration.edge.caching.Headers;
import java.util.ArrayList;
import java.util.List;

/** How the headers of a viewer travel from node to node: under other names where the other node would take them for those of the node that asks. */
final class NodeHeaders {
    /** Of what nodes say to each other. */
    private static final String OURS = "X-Murmur-";

    private static final String CARRIED = OURS + "Viewer-";

    /** The front door tells services apart by the first, and turns pages of other sites away by the second. */
    private static final List<String> OF_THE_FRONT_DOOR = List.of("Host", "Origin");

    private NodeHeaders() {}

    /** Headers of a viewer or an origin without those that only nodes may write; where it is a viewer may say. */
    static Headers ofOthers(Headers headers) {
        // most have none, and every hit passes here
        for (var field : headers.fields()) {
            if (isOurs(field.name())) {
                return new Headers(headers.fields().stream()
                        .filter(each -> !isOurs(each.name()))
                        .toList());
            }
        }
        return headers;
    }

    private static boolean isOurs(String name) {
        return startsWith(name, OURS) && !name.equalsIgnoreCase(Geography.VIEWER_HEADER);
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** As they are sent to another node. */
    static Headers packed(Headers viewer) {
        var fields = new ArrayList<Headers.Field>();
        for (var field : ofOthers(viewer).fields()) {
            var renamed = OF_THE_FRONT_DOOR.stream().anyMatch(field.name()::equalsIgnoreCase);
            fields.add(renamed ? new Headers.Field(CARRIED + field.name(), field.value()) : field);
        }
        return new Headers(fields);
    }

    /** The viewer's again; the connection's own host, and what else nodes say, is left out. */
    static Headers unpacked(Headers sent) {
        var fields = new ArrayList<Headers.Field>();
        for (var field : sent.without(OF_THE_FRONT_DOOR).fields()) {
            if (startsWith(field.name(), CARRIED)) {
                fields.add(new Headers.Field(field.name().substring(CARRIED.length()), field.value()));
            } else if (!isOurs(field.name())) {
                fields.add(field);
            }
        }
        return new Headers(fields);
    }
}
