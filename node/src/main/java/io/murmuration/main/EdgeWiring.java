package io.murmuration.main;

import io.murmuration.config.ClusterSettings;
import io.murmuration.config.Geography;
import io.murmuration.edge.http.EdgeNode;
import io.murmuration.edge.http.NodeSignature;
import io.murmuration.edge.placement.ShardedWhereabouts;
import io.murmuration.journal.http.ClusterSignature;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Wires the CDN. */
final class EdgeWiring {
    private EdgeWiring() {}

    static Wired start(Parts parts) {
        var geography = Geography.standard();
        var nodes = parts.folder().cluster().nodes();
        Map<Long, Integer> numbers =
                nodes.stream().collect(Collectors.toMap(ClusterSettings.Node::nodeId, ClusterSettings.Node::number));
        var placing = new ShardedWhereabouts.Setup(
                parts.system(),
                parts.membership(),
                geography,
                parts.folder().node().nodeId(),
                nodes.size(),
                node -> {
                    var number = numbers.get(node);
                    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
                },
                parts.clock());
        var edge = EdgeNode.start(new EdgeNode.Setup(
                parts.system(),
                parts.catalogue(),
                parts.links(),
                parts.journal(),
                geography,
                presences -> ShardedWhereabouts.start(placing, presences),
                parts.membership()::mayHost,
                new Signed(parts.signature()),
                parts.addresses(),
                parts.settings().http().requestsMax(),
                parts.settings().edge(),
                parts.clock()));
        return new Wired(edge.services(), edge.routes(), edge::stop);
    }

    /** The cluster's signature as the CDN wants it. */
    private record Signed(ClusterSignature signature) implements NodeSignature {
        @Override
        public String header() {
            return ClusterSignature.HEADER;
        }

        @Override
        public String sign(String method, String pathAndQuery) {
            return signature.sign(method, pathAndQuery);
        }

        @Override
        public boolean isSigned(String method, String pathAndQuery, String given) {
            return signature.isSigned(method, pathAndQuery, given);
        }

        @Override
        public String answer(String requestSignature) {
            return signature.answer(requestSignature);
        }

        @Override
        public boolean isAnswer(String requestSignature, String answer) {
            return signature.isAnswer(requestSignature, answer);
        }
    }
}
