package io.murmuration.protocol.function.mapping;

import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.function.FunctionError;
import io.murmuration.protocol.function.FunctionErrors;

/** Refusals of requests about mappings, in Lambda's words where it has some. */
public final class MappingErrors {
    private MappingErrors() {}

    public static ServiceError notFound() {
        return new ServiceError(FunctionError.NOT_FOUND, "The resource you requested does not exist.");
    }

    public static ServiceError exists(String source, String function, String id) {
        return new ServiceError(
                FunctionError.RESOURCE_CONFLICT,
                "The event source arn (\" " + source + " \") and function (\" " + function
                        + " \") provided mapping already exists. Please update or delete the existing mapping with UUID "
                        + id);
    }

    public static ServiceError functionNotFound(String arn) {
        return FunctionErrors.invalid("Function does not exist: " + arn);
    }

    public static ServiceError streamNotFound(String arn) {
        return FunctionErrors.invalid("Stream not found: " + arn);
    }

    /** It is being made, changed or removed. */
    public static ServiceError inUse(String state) {
        return new ServiceError(
                FunctionError.RESOURCE_IN_USE,
                "Cannot update the event source mapping because it is in use: its state is " + state + ".");
    }

    /** A member that has no effect here yet. */
    static ServiceError unsupported(String member) {
        return FunctionErrors.invalid(member + " is not supported here yet; nothing was changed.");
    }
}
