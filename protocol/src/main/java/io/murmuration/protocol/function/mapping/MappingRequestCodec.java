package io.murmuration.protocol.function.mapping;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionErrors;
import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.function.FunctionRequestCodec.Values;
import io.murmuration.protocol.function.JsonTree;
import io.murmuration.protocol.function.Violations;
import io.murmuration.protocol.function.mapping.MappingRequest.CreateMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.DeleteMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.GetMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.ListMappings;
import io.murmuration.protocol.function.mapping.MappingRequest.UpdateMapping;
import io.murmuration.protocol.table.operation.StreamArn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests about event source mappings of Lambda's REST interface, version 2015-03-31. Refusals are {@link ServiceException}s: validation
 * of the model first, then of what belongs together. A member that would have no effect is refused, never ignored.
 */
public final class MappingRequestCodec {
    /** All its paths begin so. */
    public static final String ROOT = "/2015-03-31/event-source-mappings";

    private static final Pattern PATH = Pattern.compile(ROOT + "(?:/([^/]*))?/?");
    private static final int ITEMS_MAX = 10_000;
    private static final int ITEMS_USUAL = 100;
    private static final int BATCH_MAX = 10_000;
    private static final int WINDOW_MAX = 300;
    private static final int AGE_MIN = 60;
    private static final int AGE_MAX = 604_800;
    private static final int ATTEMPTS_MAX = 10_000;
    private static final int PARALLEL_MAX = 10;
    private static final int TUMBLING_MAX = 900;
    private static final int FILTERS_MAX = 5;
    private static final int PATTERN_CHARS_MAX = 4_096;
    private static final int ARN_CHARS_MAX = 1_024;
    private static final String SOURCE_ARN = "EventSourceArn";
    private static final String FUNCTION = "FunctionName";
    private static final String START = "StartingPosition";
    private static final String ITEM_FAILURES = "ReportBatchItemFailures";

    private static final List<String> UNSUPPORTED = List.of(
            "AmazonManagedKafkaEventSourceConfig",
            "DocumentDBEventSourceConfig",
            "KMSKeyArn",
            "LoggingConfig",
            "MetricsConfig",
            "ProvisionedPollerConfig",
            "Queues",
            "ScalingConfig",
            "SelfManagedEventSource",
            "SelfManagedKafkaEventSourceConfig",
            "SourceAccessConfigurations",
            "StartingPositionTimestamp",
            "Tags",
            "Topics");

    private MappingRequestCodec() {}

    /**
     * @param path as sent
     * @param query decoded
     */
    public static MappingRequest decode(String method, String path, Values query, byte[] body) {
        var parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw unknown();
        }
        var id = parts.group(1);
        if (id == null || id.isEmpty()) {
            return switch (method) {
                case "POST" -> create(JsonTree.parse(body));
                case "GET" -> list(query);
                default -> throw unknown();
            };
        }
        return switch (method) {
            case "GET" -> new GetMapping(id);
            case "PUT" -> update(id, JsonTree.parse(body));
            case "DELETE" -> new DeleteMapping(id);
            default -> throw unknown();
        };
    }

    private static CreateMapping create(JsonTree body) {
        var violations = new Violations();
        var function = body.text(FUNCTION);
        var source = body.text(SOURCE_ARN);
        var start = body.text(START);
        violations.notNull(function, "functionName");
        violations.lengthAtMost(source, "eventSourceArn", ARN_CHARS_MAX);
        violations.oneOf(start, "startingPosition", List.of("TRIM_HORIZON", "LATEST", "AT_TIMESTAMP"));
        var change = change(body, violations);
        violations.check();
        refuseUnsupported(body);
        if (source == null) {
            throw invalid("Event source ARN is required: only streams of tables are supported as event sources here.");
        }
        var stream = StreamArn.parse(source)
                .orElseThrow(() -> invalid("Unrecognized event source, must be kinesis, dynamodb stream or sqs."));
        if (start == null) {
            violations.notNull(null, "startingPosition");
            violations.check();
        }
        if ("AT_TIMESTAMP".equals(start)) {
            throw invalid("Unsupported starting position for arn type: " + source);
        }
        return new CreateMapping(
                FunctionName.parse(Objects.requireNonNull(function)),
                stream,
                StartingPosition.valueOf(Objects.requireNonNull(start)),
                !body.has("Enabled") || body.flag("Enabled"),
                change);
    }

    private static UpdateMapping update(String id, JsonTree body) {
        var violations = new Violations();
        var change = change(body, violations);
        violations.check();
        refuseUnsupported(body);
        var function = body.text(FUNCTION);
        return new UpdateMapping(
                id,
                function == null ? null : FunctionName.parse(function),
                body.has("Enabled") ? body.flag("Enabled") : null,
                change);
    }

    private static ListMappings list(Values query) {
        var text = query.get("MaxItems");
        var items = ITEMS_USUAL;
        if (text != null) {
            if (!text.matches("[0-9]{1,9}")) {
                throw new ServiceException(new ServiceError(CommonError.SERIALIZATION, "MaxItems is not a number."));
            }
            var violations = new Violations();
            violations.within(Long.parseLong(text), "maxItems", 1, ITEMS_MAX);
            violations.check();
            items = Math.min(Integer.parseInt(text), ITEMS_USUAL);
        }
        var function = query.get(FUNCTION);
        return new ListMappings(
                function == null ? null : FunctionName.parse(function),
                query.get(SOURCE_ARN),
                query.get("Marker"),
                items);
    }

    private static MappingChange change(JsonTree body, Violations violations) {
        var age = body.integer("MaximumRecordAgeInSeconds");
        violations.within(age, "maximumRecordAgeInSeconds", MappingSettings.UNLIMITED, AGE_MAX);
        if (age != null && age != MappingSettings.UNLIMITED && age < AGE_MIN) {
            violations.check();
            throw invalid("MaximumRecordAgeInSeconds must be -1, or between " + AGE_MIN + " and " + AGE_MAX + ".");
        }
        var responses = body.texts("FunctionResponseTypes");
        if (responses != null) {
            responses.forEach(response -> violations.oneOf(response, "functionResponseTypes", List.of(ITEM_FAILURES)));
        }
        violations.within(body.integer("ParallelizationFactor"), "parallelizationFactor", 1, PARALLEL_MAX);
        violations.within(body.integer("TumblingWindowInSeconds"), "tumblingWindowInSeconds", 0, TUMBLING_MAX);
        return new MappingChange(
                number(body, "BatchSize", 1, BATCH_MAX, violations),
                number(body, "MaximumBatchingWindowInSeconds", 0, WINDOW_MAX, violations),
                age == null ? null : age.intValue(),
                number(body, "MaximumRetryAttempts", MappingSettings.UNLIMITED, ATTEMPTS_MAX, violations),
                body.has("BisectBatchOnFunctionError") ? body.flag("BisectBatchOnFunctionError") : null,
                responses == null ? null : !responses.isEmpty(),
                filters(body, violations));
    }

    private static @Nullable Integer number(JsonTree body, String name, int min, int max, Violations violations) {
        var value = body.integer(name);
        violations.within(value, Character.toLowerCase(name.charAt(0)) + name.substring(1), min, max);
        return value == null ? null : Math.clamp(value, min, max);
    }

    private static @Nullable List<String> filters(JsonTree body, Violations violations) {
        var criteria = body.tree("FilterCriteria");
        if (criteria == null) {
            return null;
        }
        var patterns = new ArrayList<String>();
        for (var filter : Objects.requireNonNullElse(criteria.trees("Filters"), List.<JsonTree>of())) {
            var pattern = filter.text("Pattern");
            violations.lengthAtMost(pattern, "filterCriteria.filters.pattern", PATTERN_CHARS_MAX);
            if (pattern != null) {
                patterns.add(pattern);
            }
        }
        if (patterns.size() > FILTERS_MAX) {
            throw invalid("Filters must have at most " + FILTERS_MAX + " patterns.");
        }
        return patterns;
    }

    private static void refuseUnsupported(JsonTree body) {
        for (var member : UNSUPPORTED) {
            if (body.has(member)) {
                throw new ServiceException(MappingErrors.unsupported(member));
            }
        }
        refuse(body.integer("ParallelizationFactor"), 1, "A ParallelizationFactor other than 1");
        refuse(body.integer("TumblingWindowInSeconds"), 0, "A TumblingWindowInSeconds other than 0");
        var destinations = body.tree("DestinationConfig");
        if (destinations != null) {
            refuseDestination(destinations.tree("OnFailure"));
            refuseDestination(destinations.tree("OnSuccess"));
        }
    }

    private static void refuse(@Nullable Long value, long only, String what) {
        if (value != null && value != only) {
            throw new ServiceException(MappingErrors.unsupported(what));
        }
    }

    private static void refuseDestination(@Nullable JsonTree destination) {
        if (destination != null && destination.has("Destination")) {
            throw new ServiceException(MappingErrors.unsupported("DestinationConfig"));
        }
    }

    private static ServiceException invalid(String message) {
        return new ServiceException(FunctionErrors.invalid(message));
    }

    private static ServiceException unknown() {
        return new ServiceException(new ServiceError(CommonError.UNKNOWN_OPERATION, ""));
    }
}
