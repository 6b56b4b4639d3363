package io.murmuration.protocol.function.mapping;

import com.fasterxml.jackson.core.JsonGenerator;
import io.murmuration.protocol.function.FunctionReply;
import io.murmuration.protocol.function.JsonText;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the replies to requests about event source mappings. */
public final class MappingReplyCodec {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final double MILLIS_OF_A_SECOND = 1_000;

    private MappingReplyCodec() {}

    /** To CreateEventSourceMapping, UpdateEventSourceMapping, DeleteEventSourceMapping. */
    public static FunctionReply accepted(MappingDescription mapping) {
        return FunctionReply.json(ACCEPTED, JsonText.bytes(to -> members(to, mapping)));
    }

    /** To GetEventSourceMapping. */
    public static FunctionReply found(MappingDescription mapping) {
        return FunctionReply.json(OK, JsonText.bytes(to -> members(to, mapping)));
    }

    /** @param nextMarker null on the last page */
    public static FunctionReply list(List<MappingDescription> mappings, @Nullable String nextMarker) {
        return FunctionReply.json(OK, JsonText.bytes(to -> {
            to.writeArrayFieldStart("EventSourceMappings");
            for (var mapping : mappings) {
                to.writeStartObject();
                members(to, mapping);
                to.writeEndObject();
            }
            to.writeEndArray();
            if (nextMarker != null) {
                to.writeStringField("NextMarker", nextMarker);
            }
        }));
    }

    private static void members(JsonGenerator to, MappingDescription mapping) throws IOException {
        var settings = mapping.settings();
        to.writeStringField("UUID", mapping.id());
        to.writeStringField("EventSourceMappingArn", mapping.arn());
        to.writeStringField("EventSourceArn", mapping.sourceArn());
        to.writeStringField("FunctionArn", mapping.functionArn());
        to.writeStringField("StartingPosition", mapping.start().name());
        to.writeNumberField("BatchSize", settings.batchSize());
        to.writeNumberField("MaximumBatchingWindowInSeconds", settings.windowSeconds());
        to.writeNumberField("ParallelizationFactor", 1);
        to.writeNumberField("MaximumRecordAgeInSeconds", settings.recordAgeSeconds());
        to.writeNumberField("MaximumRetryAttempts", settings.retryAttempts());
        to.writeBooleanField("BisectBatchOnFunctionError", settings.bisects());
        to.writeNumberField("TumblingWindowInSeconds", 0);
        to.writeArrayFieldStart("FunctionResponseTypes");
        if (settings.reportsItemFailures()) {
            to.writeString("ReportBatchItemFailures");
        }
        to.writeEndArray();
        if (!settings.filters().isEmpty()) {
            to.writeObjectFieldStart("FilterCriteria");
            to.writeArrayFieldStart("Filters");
            for (var pattern : settings.filters()) {
                to.writeStartObject();
                to.writeStringField("Pattern", pattern);
                to.writeEndObject();
            }
            to.writeEndArray();
            to.writeEndObject();
        }
        to.writeObjectFieldStart("DestinationConfig");
        to.writeObjectFieldStart("OnFailure");
        to.writeEndObject();
        to.writeEndObject();
        to.writeNumberField("LastModified", mapping.modifiedMillis() / MILLIS_OF_A_SECOND);
        to.writeStringField("LastProcessingResult", mapping.lastResult());
        to.writeStringField("State", mapping.state());
        to.writeStringField("StateTransitionReason", "User action");
    }
}
