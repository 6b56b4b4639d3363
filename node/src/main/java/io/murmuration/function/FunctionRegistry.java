package io.murmuration.function;

import io.murmuration.protocol.function.FunctionConfiguration;
import io.murmuration.protocol.function.FunctionRequest.CreateFunction;
import io.murmuration.protocol.function.FunctionRequest.DeleteFunction;
import io.murmuration.protocol.function.FunctionRequest.ListFunctions;
import io.murmuration.protocol.function.FunctionRequest.UpdateFunctionCode;
import io.murmuration.protocol.function.FunctionRequest.UpdateFunctionConfiguration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/**
 * What functions there are, and how they are changed. Refusals fail the stage with a {@link io.murmuration.protocol.ServiceException} of {@link
 * io.murmuration.protocol.function.FunctionErrors}. Any thread.
 */
public interface FunctionRegistry extends Deployments {
    CompletionStage<FunctionConfiguration> create(CreateFunction request);

    CompletionStage<FunctionConfiguration> updateCode(UpdateFunctionCode request);

    CompletionStage<FunctionConfiguration> updateConfiguration(UpdateFunctionConfiguration request);

    CompletionStage<Done> delete(DeleteFunction request);

    CompletionStage<Page> list(ListFunctions request);

    /** @param nextMarker null on the last page */
    record Page(
            List<FunctionConfiguration> functions, @Nullable String nextMarker) {}
}
