package io.murmuration.http;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What lies under the wrapping that futures put round a failure. */
final class Failures {
    private Failures() {}

    static Throwable cause(Throwable failure) {
        @Nullable Throwable inner = failure.getCause();
        return failure instanceof CompletionException && inner != null ? cause(inner) : failure;
    }

    static CompletionException wrapped(Throwable failure) {
        return failure instanceof CompletionException already ? already : new CompletionException(failure);
    }
}
