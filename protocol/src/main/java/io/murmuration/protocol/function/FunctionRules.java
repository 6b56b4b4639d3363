package io.murmuration.protocol.function;

import io.murmuration.protocol.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a function's configuration may be, and how a request changes it. Pure. */
public final class FunctionRules {
    /** Lambda's own, as far as code in a zip can be run here; their order is in a message. */
    static final List<String> RUNTIMES = List.of(
            "nodejs18.x",
            "nodejs20.x",
            "nodejs22.x",
            "nodejs24.x",
            "java11",
            "java17",
            "java21",
            "java25",
            "python3.9",
            "python3.10",
            "python3.11",
            "python3.12",
            "python3.13",
            "python3.14",
            "provided",
            "provided.al2",
            "provided.al2023");

    private static final List<String> ARCHITECTURES = List.of("x86_64", "arm64");
    private static final String ROLE = "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+";
    private static final String VARIABLE = "[a-zA-Z]([a-zA-Z0-9_])+";
    private static final int VARIABLES_BYTES_MAX = 4096;
    private static final int TIMEOUT_SECONDS = 3;
    private static final int MEMORY_MEGABYTES = 128;
    private static final int TEMPORARY_MEGABYTES = 512;

    private static final Set<String> RESERVED = Set.of(
            "_HANDLER",
            "_X_AMZN_TRACE_ID",
            "AWS_ACCESS_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_DEFAULT_REGION",
            "AWS_EXECUTION_ENV",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            "AWS_LAMBDA_FUNCTION_NAME",
            "AWS_LAMBDA_FUNCTION_VERSION",
            "AWS_LAMBDA_INITIALIZATION_TYPE",
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "AWS_LAMBDA_LOG_STREAM_NAME",
            "AWS_LAMBDA_RUNTIME_API",
            "AWS_REGION",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SECRET_KEY",
            "AWS_SESSION_TOKEN",
            "LAMBDA_RUNTIME_DIR",
            "LAMBDA_TASK_ROOT");

    private FunctionRules() {}

    /**
     * The first revision of a function.
     *
     * @param arn unqualified
     * @param settings checked
     */
    public static FunctionConfiguration created(
            String name,
            String arn,
            FunctionSettingsChange settings,
            long codeBytes,
            String codeSha256,
            long nowMillis,
            String revisionId) {
        var blank = new FunctionConfiguration(
                name,
                arn,
                FunctionConfiguration.LATEST,
                "",
                "",
                "",
                "",
                TIMEOUT_SECONDS,
                MEMORY_MEGABYTES,
                Map.of(),
                List.of(ARCHITECTURES.get(0)),
                TEMPORARY_MEGABYTES,
                codeBytes,
                codeSha256,
                nowMillis,
                revisionId);
        return changed(blank, settings, nowMillis, revisionId);
    }

    /** The next revision. What the request does not name stays; variables are replaced as a whole. */
    public static FunctionConfiguration changed(
            FunctionConfiguration before, FunctionSettingsChange change, long nowMillis, String revisionId) {
        return new FunctionConfiguration(
                before.name(),
                before.arn(),
                before.version(),
                or(change.runtime(), before.runtime()),
                or(change.role(), before.role()),
                or(change.handler(), before.handler()),
                or(change.description(), before.description()),
                Math.toIntExact(or(change.timeoutSeconds(), (long) before.timeoutSeconds())),
                Math.toIntExact(or(change.memoryMegabytes(), (long) before.memoryMegabytes())),
                or(change.variables(), before.variables()),
                or(change.architectures(), before.architectures()),
                Math.toIntExact(or(change.temporaryMegabytes(), (long) before.temporaryMegabytes())),
                before.codeBytes(),
                before.codeSha256(),
                nowMillis,
                revisionId);
    }

    /** The next revision, with other code. */
    public static FunctionConfiguration withCode(
            FunctionConfiguration before, long codeBytes, String codeSha256, long nowMillis, String revisionId) {
        return new FunctionConfiguration(
                before.name(),
                before.arn(),
                before.version(),
                before.runtime(),
                before.role(),
                before.handler(),
                before.description(),
                before.timeoutSeconds(),
                before.memoryMegabytes(),
                before.variables(),
                before.architectures(),
                before.temporaryMegabytes(),
                codeBytes,
                codeSha256,
                nowMillis,
                revisionId);
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    /** Refuses what a function cannot be created from. */
    static void checkCreate(@Nullable String name, FunctionSettingsChange settings, @Nullable FunctionCode code) {
        var violations = new Violations();
        violations.notNull(name, "functionName");
        violations.notNull(settings.role(), "role");
        violations.notNull(code, "code");
        check(violations, settings);
        if (settings.runtime() == null || settings.handler() == null) {
            throw refused(
                    "Runtime and Handler are mandatory parameters for functions created with deployment packages.");
        }
    }

    /** Refuses what no function can be. */
    static void checkChange(FunctionSettingsChange settings) {
        check(new Violations(), settings);
    }

    private static void check(Violations violations, FunctionSettingsChange settings) {
        violations.oneOf(settings.packageType(), "packageType", List.of("Image", "Zip"));
        if (settings.runtime() != null && !RUNTIMES.contains(settings.runtime())) {
            var constraint = "Member must satisfy enum value set: " + RUNTIMES + " or be a valid ARN";
            violations.add(settings.runtime(), "runtime", constraint);
        }
        violations.matches(settings.role(), "role", ROLE);
        violations.matches(settings.handler(), "handler", "[^\\s]+");
        violations.lengthAtMost(settings.handler(), "handler", 128);
        violations.lengthAtMost(settings.description(), "description", 256);
        violations.within(settings.timeoutSeconds(), "timeout", 1, 900);
        violations.within(settings.memoryMegabytes(), "memorySize", 128, 10_240);
        violations.within(settings.temporaryMegabytes(), "ephemeralStorage.size", 512, 10_240);
        if (settings.architectures() != null) {
            settings.architectures().forEach(one -> violations.oneOf(one, "architectures", ARCHITECTURES));
        }
        if (settings.variables() != null
                && !settings.variables().keySet().stream().allMatch(name -> name.matches(VARIABLE))) {
            violations.add(
                    settings.variables().keySet(),
                    "environment.variables",
                    "Map keys must satisfy constraint: [Member must satisfy regular expression pattern: " + VARIABLE
                            + "]");
        }
        violations.check();
        if ("Image".equals(settings.packageType())) {
            throw refused("Functions made of container images are not supported here; upload a zip.");
        }
        if (settings.variables() != null) {
            checkVariables(settings.variables());
        }
    }

    private static void checkVariables(Map<String, String> variables) {
        var reserved = new TreeSet<>(variables.keySet());
        reserved.retainAll(RESERVED);
        if (!reserved.isEmpty()) {
            throw refused(
                    "Lambda was unable to configure your environment variables because the environment variables you"
                            + " have provided contains reserved keys that are currently not supported for modification."
                            + " Reserved keys used in this request: " + String.join(", ", reserved));
        }
        var measured = JsonText.bytes(to -> {
            for (var variable : variables.entrySet()) {
                to.writeStringField(variable.getKey(), variable.getValue());
            }
        });
        if (measured.length > VARIABLES_BYTES_MAX) {
            throw refused(
                    "Lambda was unable to configure your environment variables because the environment variables you"
                            + " have provided exceeded the 4KB limit. String measured: "
                            + new String(measured, StandardCharsets.UTF_8));
        }
    }

    /** Refuses code that is neither in the request nor in a bucket, and both. */
    static void checkCode(FunctionCode code) {
        boolean inBucket = code.bucket() != null || code.key() != null;
        if (code.zip() != null && inBucket) {
            throw refused("Please do not provide other FunctionCode parameters when providing a ZipFile.");
        }
        if (code.zip() == null && (code.bucket() == null || code.key() == null)) {
            throw refused("Please provide a source for function code.");
        }
        if (code.zip() != null && code.zip().length == 0) {
            throw refused("Uploaded file must be a non-empty zip");
        }
    }

    private static ServiceException refused(String message) {
        return new ServiceException(FunctionErrors.invalid(message));
    }
}
