package io.murmuration.protocol.function;

import com.fasterxml.jackson.core.JsonGenerator;
import io.murmuration.protocol.ServiceError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Writes the replies of Lambda's REST interface. */
public final class FunctionReplyCodec {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final DateTimeFormatter MODIFIED = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private FunctionReplyCodec() {}

    /** To CreateFunction. */
    public static FunctionReply created(FunctionConfiguration function) {
        return FunctionReply.json(CREATED, JsonText.bytes(to -> members(to, function)));
    }

    /** To GetFunctionConfiguration, UpdateFunctionCode, UpdateFunctionConfiguration. */
    public static FunctionReply configuration(FunctionConfiguration function) {
        return FunctionReply.json(OK, JsonText.bytes(to -> members(to, function)));
    }

    /**
     * To GetFunction.
     *
     * @param location URL from which the code may be fetched
     * @param reservedConcurrency empty if the function has none
     */
    public static FunctionReply function(
            FunctionConfiguration function, String location, OptionalInt reservedConcurrency) {
        return FunctionReply.json(OK, JsonText.bytes(to -> {
            to.writeObjectFieldStart("Configuration");
            members(to, function);
            to.writeEndObject();
            to.writeObjectFieldStart("Code");
            to.writeStringField("RepositoryType", "S3");
            to.writeStringField("Location", location);
            to.writeEndObject();
            if (reservedConcurrency.isPresent()) {
                to.writeObjectFieldStart("Concurrency");
                to.writeNumberField("ReservedConcurrentExecutions", reservedConcurrency.getAsInt());
                to.writeEndObject();
            }
        }));
    }

    /** @param nextMarker null on the last page */
    public static FunctionReply list(List<FunctionConfiguration> functions, @Nullable String nextMarker) {
        return FunctionReply.json(OK, JsonText.bytes(to -> {
            to.writeArrayFieldStart("Functions");
            for (var function : functions) {
                to.writeStartObject();
                members(to, function);
                to.writeEndObject();
            }
            to.writeEndArray();
            if (nextMarker != null) {
                to.writeStringField("NextMarker", nextMarker);
            }
        }));
    }

    /** To DeleteFunction, and to an invocation that was a dry run. */
    public static FunctionReply done() {
        return FunctionReply.empty();
    }

    /** To an invocation that was queued. */
    public static FunctionReply queued() {
        return FunctionReply.json(ACCEPTED, new byte[0]);
    }

    /**
     * To an invocation that waited for its answer.
     *
     * @param version that was executed
     * @param functionError null if the function replied
     * @param logTail null if it was not asked for
     */
    public static FunctionReply invoked(
            ByteBuffer payload, String version, @Nullable String functionError, byte @Nullable [] logTail) {
        var headers = new HashMap<String, String>();
        headers.put("X-Amz-Executed-Version", version);
        if (functionError != null) {
            headers.put("X-Amz-Function-Error", functionError);
        }
        if (logTail != null) {
            headers.put("X-Amz-Log-Result", Base64.getEncoder().encodeToString(logTail));
        }
        return new FunctionReply(OK, Map.copyOf(headers), payload);
    }

    public static FunctionReply error(ServiceError error) {
        return new FunctionReply(
                FunctionErrors.status(error),
                Map.of(FunctionErrors.TYPE_HEADER, FunctionErrors.type(error)),
                ByteBuffer.wrap(FunctionErrors.encode(error)).asReadOnlyBuffer());
    }

    private static void members(JsonGenerator to, FunctionConfiguration function) throws IOException {
        to.writeStringField("FunctionName", function.name());
        to.writeStringField("FunctionArn", arn(function));
        to.writeStringField("Runtime", function.runtime());
        to.writeStringField("Role", function.role());
        to.writeStringField("Handler", function.handler());
        to.writeNumberField("CodeSize", function.codeBytes());
        to.writeStringField("Description", function.description());
        to.writeNumberField("Timeout", function.timeoutSeconds());
        to.writeNumberField("MemorySize", function.memoryMegabytes());
        to.writeStringField("LastModified", MODIFIED.format(Instant.ofEpochMilli(function.modifiedMillis())));
        to.writeStringField("CodeSha256", function.codeSha256());
        to.writeStringField("Version", function.version());
        if (!function.variables().isEmpty()) {
            to.writeObjectFieldStart("Environment");
            to.writeObjectFieldStart("Variables");
            for (var variable : function.variables().entrySet()) {
                to.writeStringField(variable.getKey(), variable.getValue());
            }
            to.writeEndObject();
            to.writeEndObject();
        }
        group(to, "TracingConfig", "Mode", "PassThrough");
        to.writeStringField("RevisionId", function.revisionId());
        to.writeStringField("State", "Active");
        to.writeStringField("LastUpdateStatus", "Successful");
        to.writeStringField("PackageType", "Zip");
        to.writeArrayFieldStart("Architectures");
        for (var architecture : function.architectures()) {
            to.writeString(architecture);
        }
        to.writeEndArray();
        to.writeObjectFieldStart("EphemeralStorage");
        to.writeNumberField("Size", function.temporaryMegabytes());
        to.writeEndObject();
        group(to, "SnapStart", "ApplyOn", "None", "OptimizationStatus", "Off");
        group(to, "LoggingConfig", "LogFormat", "Text", "LogGroup", "/aws/lambda/" + function.name());
    }

    /** Published versions have ARNs of their own. */
    private static String arn(FunctionConfiguration function) {
        return function.version().equals(FunctionConfiguration.LATEST)
                ? function.arn()
                : function.arn() + ":" + function.version();
    }

    private static void group(JsonGenerator to, String name, String... members) throws IOException {
        to.writeObjectFieldStart(name);
        for (int at = 0; at < members.length; at += 2) {
            to.writeStringField(members[at], members[at + 1]);
        }
        to.writeEndObject();
    }
}
