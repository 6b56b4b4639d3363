package io.murmuration.function.runtime;

import io.murmuration.protocol.function.FunctionConfiguration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment variables that a function finds, as Lambda sets them. */
public final class Variables {
    private Variables() {}

    /**
     * All but the few that differ between the environments of a function.
     *
     * @param region of AWS, that the function believes to be in
     * @param endpoint URL at which the function's AWS clients find this node
     */
    public static Map<String, String> of(
            FunctionConfiguration function, Path taskRoot, Runtimes runtimes, String region, String endpoint) {
        var variables = new LinkedHashMap<String, String>();
        variables.put("LANG", "en_US.UTF-8");
        variables.put("TZ", ":UTC");
        variables.put("PATH", runtimes.path());
        variables.put("LD_LIBRARY_PATH", taskRoot + ":" + taskRoot.resolve("lib"));
        variables.put("AWS_ENDPOINT_URL", endpoint);
        variables.putAll(function.variables());

        variables.put("_HANDLER", function.handler());
        variables.put("LAMBDA_TASK_ROOT", taskRoot.toString());
        variables.put("LAMBDA_RUNTIME_DIR", runtimes.folder().toString());
        variables.put("AWS_REGION", region);
        variables.put("AWS_DEFAULT_REGION", region);
        // any key is taken where functions run, and clients refuse to start without one
        variables.put("AWS_ACCESS_KEY_ID", "function");
        variables.put("AWS_SECRET_ACCESS_KEY", "function");
        variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", function.version());
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        if (!function.runtime().startsWith("provided")) {
            variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.runtime());
        }
        return Map.copyOf(variables);
    }
}
