package io.murmuration.protocol.function;

import java.util.List;
import java.util.Map;

/**
 * What describes one version of a function, besides its code.
 *
 * @param arn unqualified
 * @param version {@code $LATEST}, or a number
 * @param runtime as on the wire, such as {@code nodejs20.x}
 * @param handler how the runtime finds what to call; a custom runtime may read it as it likes
 * @param timeoutSeconds in {@code [1, 900]}
 * @param memoryMegabytes in {@code [128, 10240]}
 * @param variables the function's own environment variables
 * @param temporaryMegabytes size of the folder for temporary files, in {@code [512, 10240]}
 * @param codeBytes size of the code as uploaded
 * @param codeSha256 digest of the code as uploaded, in base64
 * @param modifiedMillis when it was last changed, in epoch milliseconds
 * @param revisionId changes with every change
 */
public record FunctionConfiguration(
        String name,
        String arn,
        String version,
        String runtime,
        String role,
        String handler,
        String description,
        int timeoutSeconds,
        int memoryMegabytes,
        Map<String, String> variables,
        List<String> architectures,
        int temporaryMegabytes,
        long codeBytes,
        String codeSha256,
        long modifiedMillis,
        String revisionId) {
    public static final String LATEST = "$LATEST";

    public FunctionConfiguration {
        variables = Map.copyOf(variables);
        architectures = List.copyOf(architectures);
    }
}
