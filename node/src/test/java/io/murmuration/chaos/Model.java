package io.murmuration.chaos;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sequential object that a history is held against. States are values with equality. */
public interface Model<S, I, O> {
    S initial();

    /** The state after the call, or empty if the object in this state could not have given this answer; an unknown output (null) fits always. */
    Optional<S> after(S state, I input, @Nullable O output);
}
