package io.murmuration.function.queue;

import io.murmuration.function.Functions;
import io.murmuration.function.environment.InvocationResult;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;

/** Functions that note what they are called with, and answer as a test wants. */
public final class FakeFunctions implements Functions {
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Function<Call, CompletionStage<Answer>> behaviour = call -> replied("null");

    /** What they do from now on. */
    public void will(Function<Call, CompletionStage<Answer>> newBehaviour) {
        behaviour = newBehaviour;
    }

    @Override
    public CompletionStage<Answer> invoke(Call call) {
        calls.add(call);
        return behaviour.apply(call);
    }

    public List<Call> calls() {
        return new ArrayList<>(calls);
    }

    public static CompletionStage<Answer> replied(String json) {
        return CompletableFuture.completedFuture(new Answer(
                new InvocationResult("id", ByteString.fromString(json), Optional.empty(), Optional.empty()),
                "$LATEST"));
    }

    public static CompletionStage<Answer> failed() {
        return CompletableFuture.completedFuture(new Answer(
                new InvocationResult("id", ByteString.fromString("{}"), Optional.of("Unhandled"), Optional.empty()),
                "$LATEST"));
    }

    public static CompletionStage<Answer> refused(ServiceError error) {
        return CompletableFuture.failedFuture(new ServiceException(error));
    }
}
