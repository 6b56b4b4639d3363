package io.murmuration.protocol.function;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionRequest.CreateFunction;
import io.murmuration.protocol.function.FunctionRequest.DeleteFunction;
import io.murmuration.protocol.function.FunctionRequest.GetFunction;
import io.murmuration.protocol.function.FunctionRequest.GetFunctionConfiguration;
import io.murmuration.protocol.function.FunctionRequest.InvocationType;
import io.murmuration.protocol.function.FunctionRequest.Invoke;
import io.murmuration.protocol.function.FunctionRequest.ListFunctions;
import io.murmuration.protocol.function.FunctionRequest.UpdateFunctionCode;
import io.murmuration.protocol.function.FunctionRequest.UpdateFunctionConfiguration;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of Lambda's REST interface, version 2015-03-31. Refusals are {@link ServiceException}s in Lambda's words: validation of the
 * model first, then of what belongs together.
 */
public final class FunctionRequestCodec {
    /** All its paths begin so. */
    public static final String ROOT = "/2015-03-31/functions";

    private static final Pattern PATH = Pattern.compile("/2015-03-31/functions(?:/([^/]*)(?:/([a-z]+))?)?/?");
    private static final int ITEMS_MAX = 10_000;
    private static final int ITEMS_USUAL = 50;
    private static final int CONTEXT_CHARS_MAX = 3583;
    private static final String DRY_RUN = "DryRun";
    private static final String EVENT = "Event";

    private FunctionRequestCodec() {}

    /** Whether the request's body carries code, and so may be large. */
    public static boolean carriesCode(String method, String path) {
        var parts = PATH.matcher(path);
        if (!parts.matches()) {
            return false;
        }
        boolean isUnnamed = parts.group(1) == null || parts.group(1).isEmpty();
        return isUnnamed ? method.equals("POST") : method.equals("PUT") && "code".equals(parts.group(2));
    }

    /** Whether the path is that of invocations, which take as long as the function. */
    public static boolean invokes(String path) {
        var parts = PATH.matcher(path);
        return parts.matches() && "invocations".equals(parts.group(2));
    }

    /** A value by its name, null if there is none. */
    public interface Values {
        @Nullable
        String get(String name);
    }

    /**
     * @param path as sent, percent-encoded
     * @param query decoded
     * @param headers whatever the case of their names
     * @param body that of an invocation is not looked at
     */
    public static FunctionRequest decode(String method, String path, Values query, Values headers, byte[] body) {
        return decode(method, path, query, headers, new ByteArrayInputStream(body));
    }

    /** The same, of a body that is read as it is decoded. Fails with an {@link java.io.UncheckedIOException} if it cannot be read. */
    public static FunctionRequest decode(String method, String path, Values query, Values headers, InputStream body) {
        var parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw unknown();
        }
        var name = parts.group(1);
        if (name == null || name.isEmpty()) {
            return switch (method) {
                case "POST" -> create(JsonTree.parse(body));
                case "GET" -> list(query);
                default -> throw unknown();
            };
        }
        var resource = Objects.requireNonNullElse(parts.group(2), "");
        var function = FunctionName.parse(decoded(name)).with(query.get("Qualifier"));
        return switch (method + " " + resource) {
            case "GET " -> new GetFunction(function);
            case "DELETE " -> new DeleteFunction(function);
            case "GET configuration" -> new GetFunctionConfiguration(function);
            case "PUT configuration" -> updateConfiguration(function, JsonTree.parse(body));
            case "PUT code" -> updateCode(function, JsonTree.parse(body));
            case "POST invocations" -> invoke(function, headers);
            default -> throw unknown();
        };
    }

    private static CreateFunction create(JsonTree body) {
        var name = body.text("FunctionName");
        var settings = settings(body);
        var code = body.tree("Code");
        FunctionRules.checkCreate(name, settings, code == null ? null : code(code));
        var parsed = FunctionName.parse(Objects.requireNonNull(name));
        var given = code(Objects.requireNonNull(code));
        FunctionRules.checkCode(given);
        return new CreateFunction(parsed.name(), settings, given, body.flag("Publish"));
    }

    private static ListFunctions list(Values query) {
        var text = query.get("MaxItems");
        if (text == null) {
            return new ListFunctions(query.get("Marker"), ITEMS_USUAL);
        }
        var violations = new Violations();
        if (!text.matches("[0-9]{1,9}")) {
            throw new ServiceException(new ServiceError(CommonError.SERIALIZATION, "MaxItems is not a number."));
        }
        long items = Long.parseLong(text);
        violations.within(items, "maxItems", 1, ITEMS_MAX);
        violations.check();
        return new ListFunctions(query.get("Marker"), (int) Math.min(items, ITEMS_USUAL));
    }

    private static UpdateFunctionConfiguration updateConfiguration(FunctionName name, JsonTree body) {
        var settings = settings(body);
        FunctionRules.checkChange(settings);
        return new UpdateFunctionConfiguration(name, settings, body.text("RevisionId"));
    }

    private static UpdateFunctionCode updateCode(FunctionName name, JsonTree body) {
        var code = code(body);
        FunctionRules.checkCode(code);
        return new UpdateFunctionCode(name, code, body.flag("Publish"), body.flag(DRY_RUN), body.text("RevisionId"));
    }

    private static Invoke invoke(FunctionName name, Values headers) {
        var type = Objects.requireNonNullElse(headers.get("X-Amz-Invocation-Type"), "RequestResponse");
        var log = Objects.requireNonNullElse(headers.get("X-Amz-Log-Type"), "None");
        var violations = new Violations();
        violations.oneOf(type, "invocationType", List.of("RequestResponse", EVENT, DRY_RUN));
        violations.oneOf(log, "logType", List.of("None", "Tail"));
        violations.check();
        var context = headers.get("X-Amz-Client-Context");
        return new Invoke(
                name,
                switch (type) {
                    case EVENT -> InvocationType.EVENT;
                    case DRY_RUN -> InvocationType.DRY_RUN;
                    default -> InvocationType.REQUEST_RESPONSE;
                },
                log.equals("Tail"),
                context == null ? "" : context(context));
    }

    private static String context(String base64) {
        if (base64.length() > CONTEXT_CHARS_MAX) {
            throw new ServiceException(FunctionErrors.invalidContent(
                    "Client context must be no more than " + CONTEXT_CHARS_MAX + " bytes when base64-encoded."));
        }
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new ServiceException(
                    FunctionErrors.invalidContent("Client context must be a valid Base64-encoded JSON object."));
        }
    }

    private static FunctionSettingsChange settings(JsonTree body) {
        var deadLetters = body.tree("DeadLetterConfig");
        var target = deadLetters == null ? null : deadLetters.text("TargetArn");
        if (target != null && !target.isEmpty()) {
            // whoever asks for it counts on it
            throw new ServiceException(FunctionErrors.invalid("DeadLetterConfig is not supported here."));
        }
        var environment = body.tree("Environment");
        var temporary = body.tree("EphemeralStorage");
        return new FunctionSettingsChange(
                body.text("Runtime"),
                body.text("Role"),
                body.text("Handler"),
                body.text("Description"),
                body.integer("Timeout"),
                body.integer("MemorySize"),
                temporary == null ? null : temporary.integer("Size"),
                environment == null ? null : environment.textsByName("Variables"),
                body.texts("Architectures"),
                body.text("PackageType"));
    }

    private static FunctionCode code(JsonTree code) {
        return new FunctionCode(
                code.bytes("ZipFile"), code.text("S3Bucket"), code.text("S3Key"), code.text("S3ObjectVersion"));
    }

    /** A plus stands for itself in a path. */
    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return part;
        }
    }

    private static ServiceException unknown() {
        return new ServiceException(new ServiceError(CommonError.UNKNOWN_OPERATION, ""));
    }
}
