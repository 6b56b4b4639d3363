package io.murmuration.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** {@code /_murmur/health}: what the node knows about itself, as JSON. 200 when ready, 503 when only alive. */
public final class HealthRoute implements OwnRoute {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Supplier<CompletionStage<Health>> source;

    public HealthRoute(Supplier<CompletionStage<Health>> source) {
        this.source = source;
    }

    @Override
    public String path() {
        return "/_murmur/health";
    }

    @Override
    public CompletionStage<HttpResponse> answer(HttpRequest request) {
        return source.get()
                .thenApply(health -> JsonReply.of(health.ready() ? OK : UNAVAILABLE, json -> write(health, json)));
    }

    private static void write(Health health, JsonGenerator json) throws IOException {
        json.writeBooleanField("live", health.live());
        json.writeBooleanField("ready", health.ready());
        json.writeStringField("waitingFor", health.waitingFor());
        json.writeNumberField("node", health.node());
        json.writeStringField("nodeId", Long.toString(health.nodeId()));
        json.writeStringField("clusterId", health.clusterId());
        json.writeStringField("version", health.version());
        json.writeNumberField("uptimeMillis", health.uptimeMillis());
        json.writeNumberField("diskBytes", health.diskBytes());
        json.writeStringField("isolation", health.isolation());
        json.writeArrayFieldStart("members");
        for (var member : health.members()) {
            write(member, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("groups");
        for (var group : health.groups()) {
            write(group, json);
        }
        json.writeEndArray();
    }

    /** Node ids are written as text: they use 63 bits, and many a JSON reader keeps 53. */
    private static void write(Health.Member member, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("node", member.node());
        json.writeStringField("nodeId", Long.toString(member.nodeId()));
        json.writeNumberField("silentMillis", member.silentMillis());
        json.writeBooleanField("reachable", member.reachable());
        json.writeEndObject();
    }

    private static void write(Health.Group group, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("group", group.group());
        json.writeStringField("role", group.role());
        json.writeStringField("leader", Long.toString(group.leader()));
        json.writeNumberField("leaderNode", group.leaderNode());
        json.writeNumberField("term", group.term());
        json.writeNumberField("commitIndex", group.commitIndex());
        json.writeNumberField("appliedIndex", group.appliedIndex());
        json.writeNumberField("lag", group.lag());
        json.writeEndObject();
    }
}
