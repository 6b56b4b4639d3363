package io.murmuration.protocol.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.murmuration.protocol.ServiceError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the replies of API Gateway's second REST interface. */
public final class GatewayReplyCodec {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final JsonFactory FACTORY = new JsonFactory();

    private GatewayReplyCodec() {}

    /**
     * A reply as it goes over the wire.
     *
     * @param status of HTTP
     * @param errorType names the error, for the header {@link GatewayErrors#TYPE_HEADER}; null if it is none
     * @param body JSON; nothing if there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Encoded(int status, @Nullable String errorType, byte[] body) {}

    public static Encoded encode(GatewayReply reply) {
        return switch (reply) {
            case GatewayReply.ApiReply api ->
                new Encoded(status(api.created()), null, json(to -> DescriptionWriter.api(to, api.api())));
            case GatewayReply.ApisReply apis ->
                new Encoded(OK, null, json(to -> list(to, apis.apis(), DescriptionWriter::api, apis.next())));
            case GatewayReply.RouteReply route ->
                new Encoded(status(route.created()), null, json(to -> DescriptionWriter.route(to, route.route())));
            case GatewayReply.IntegrationReply integration ->
                new Encoded(
                        status(integration.created()),
                        null,
                        json(to -> DescriptionWriter.integration(to, integration.integration())));
            case GatewayReply.StageReply stage ->
                new Encoded(status(stage.created()), null, json(to -> DescriptionWriter.stage(to, stage.stage())));
            case GatewayReply.DeploymentReply deployment ->
                new Encoded(
                        status(deployment.created()),
                        null,
                        json(to -> DescriptionWriter.deployment(to, deployment.deployment())));
            case GatewayReply.PartsReply parts -> new Encoded(OK, null, json(to -> parts(to, parts)));
            case GatewayReply.Removed removed -> new Encoded(NO_CONTENT, null, new byte[0]);
        };
    }

    public static Encoded encode(ServiceError error) {
        return new Encoded(
                GatewayErrors.status(error),
                GatewayErrors.type(error),
                json(to -> to.writeStringField("message", error.message())));
    }

    private static int status(boolean created) {
        return created ? CREATED : OK;
    }

    private interface Members<T> {
        void write(JsonGenerator to, T value) throws IOException;
    }

    private interface Document {
        void write(JsonGenerator to) throws IOException;
    }

    private static void parts(JsonGenerator to, GatewayReply.PartsReply parts) throws IOException {
        to.writeArrayFieldStart("items");
        items(to, parts.routes(), DescriptionWriter::route);
        items(to, parts.integrations(), DescriptionWriter::integration);
        items(to, parts.stages(), DescriptionWriter::stage);
        items(to, parts.deployments(), DescriptionWriter::deployment);
        to.writeEndArray();
        next(to, parts.next().orElse(null));
    }

    private static <T> void list(JsonGenerator to, List<T> values, Members<T> members, @Nullable String next)
            throws IOException {
        to.writeArrayFieldStart("items");
        items(to, values, members);
        to.writeEndArray();
        next(to, next);
    }

    private static <T> void items(JsonGenerator to, List<T> values, Members<T> members) throws IOException {
        for (var value : values) {
            to.writeStartObject();
            members.write(to, value);
            to.writeEndObject();
        }
    }

    private static void next(JsonGenerator to, @Nullable String next) throws IOException {
        if (next != null) {
            to.writeStringField("nextToken", next);
        }
    }

    static void texts(JsonGenerator to, String name, Map<String, String> texts) throws IOException {
        to.writeObjectFieldStart(name);
        for (var text : texts.entrySet()) {
            to.writeStringField(text.getKey(), text.getValue());
        }
        to.writeEndObject();
    }

    private static byte[] json(Document document) {
        var bytes = new ByteArrayOutputStream();
        try (var to = FACTORY.createGenerator(bytes)) {
            to.writeStartObject();
            document.write(to);
            to.writeEndObject();
        } catch (IOException impossible) {
            // Nothing is written but memory.
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
