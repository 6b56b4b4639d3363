package io.murmuration.gateway;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.gateway.GatewayErrors;
import java.util.regex.Pattern;

/** The function in an integration's URI: its ARN, alone or within the ARN of its invocation. */
final class FunctionUri {
    private static final Pattern INVOCATION =
            Pattern.compile("arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path/2015-03-31/functions/(.+)/invocations");
    private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:lambda:.+");

    private FunctionUri() {}

    static void check(String uri) {
        var function = function(uri);
        if (!ARN.matcher(function).matches()) {
            throw GatewayErrors.invalid("Invalid function ARN or invalid uri");
        }
        if (!StageVariables.occurIn(function)) {
            parse(uri);
        }
    }

    /** @param uri with the values of the stage's variables */
    static FunctionName parse(String uri) {
        try {
            return FunctionName.parse(function(uri));
        } catch (ServiceException notOne) {
            throw GatewayErrors.invalid("Invalid function ARN or invalid uri");
        }
    }

    private static String function(String uri) {
        var invocation = INVOCATION.matcher(uri);
        return invocation.matches() ? invocation.group(1) : uri;
    }
}
