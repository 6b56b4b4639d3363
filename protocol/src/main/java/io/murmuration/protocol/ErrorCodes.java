package io.murmuration.protocol;

import io.murmuration.protocol.edge.EdgeError;
import io.murmuration.protocol.function.FunctionError;
import io.murmuration.protocol.gateway.GatewayError;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.table.TableError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All error codes, by names that travel between nodes: the enum's and the code's, such as {@code TableError.RESOURCE_IN_USE}. */
public final class ErrorCodes {
    private static final Map<String, ErrorCode> BY_NAME = Stream.<ErrorCode[]>of(
                    CommonError.values(),
                    TableError.values(),
                    FunctionError.values(),
                    ObjectError.values(),
                    EdgeError.values(),
                    GatewayError.values())
            .flatMap(Arrays::stream)
            .collect(Collectors.toUnmodifiableMap(ErrorCodes::name, Function.identity()));

    private ErrorCodes() {}

    public static String name(ErrorCode code) {
        var constant = (Enum<?>) code;
        return constant.getDeclaringClass().getSimpleName() + "." + constant.name();
    }

    /** @throws IllegalArgumentException if there is none of this name */
    public static ErrorCode named(String name) {
        var code = BY_NAME.get(name);
        if (code == null) {
            throw new IllegalArgumentException("unknown error code: " + name);
        }
        return code;
    }

    /** In no particular order. */
    public static List<ErrorCode> all() {
        return List.copyOf(BY_NAME.values());
    }
}
