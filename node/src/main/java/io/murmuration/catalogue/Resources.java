package io.murmuration.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What exists besides tables: each resource is bytes that its capability alone understands, known by kind and name, and replicated to every node.
 *
 * <p>Look-ups are local and may be a moment old: whoever is about to say "not found" calls {@link #confirm} first. A change says which state it was
 * decided on: of two that were decided on the same one, one is refused. Stages fail with {@link io.murmuration.protocol.ServiceException}:
 * {@code UNAVAILABLE} if nothing was done, {@code OUTCOME_UNKNOWN} if that is not known.
 *
 * <p>Limits: see {@link Resource}; all contents together at most {@link #TOTAL_BYTES_MAX}.
 */
public interface Resources {
    /** The expected revision of what is not there. */
    long ABSENT = 0;

    int CONTENT_BYTES_MAX = 256 * 1024;
    int NAME_CHARS_MAX = 512;
    /** Names and contents, in bytes; every node holds them in memory, and reads all of them again at each change. */
    long TOTAL_BYTES_MAX = 8L * 1024 * 1024;

    Optional<Resource> find(Kind kind, String name);

    /** In the order of their names, at most {@code limit} of those after {@code after}, or of all if that is null. */
    List<Resource> list(Kind kind, @Nullable String after, int limit);

    /** Completes when look-ups here show everything that was acknowledged before this call. */
    CompletionStage<Void> confirm(long deadlineNanos);

    /**
     * Makes or replaces a resource; completes when every reachable node knows it, or a second after it was made durable.
     *
     * @param expectedRevision of the resource that this replaces; {@link #ABSENT} if there is to be none of this name
     * @throws IllegalArgumentException if the name or content is too long
     */
    CompletionStage<Outcome> put(Kind kind, String name, long expectedRevision, byte[] content, long deadlineNanos);

    /** Removes a resource, in the same way. {@link Outcome.Changed} holds what was removed. */
    CompletionStage<Outcome> remove(Kind kind, String name, long expectedRevision, long deadlineNanos);

    /** Calls the listener after each change of what look-ups show. It must only pass the news on. */
    void onChange(Runnable listener);

    /** Stored by name. */
    enum Kind {
        FUNCTION,
        EVENT_SOURCE,
        API,
        BUCKET,
        DISTRIBUTION
    }

    /**
     * @param name at most {@link #NAME_CHARS_MAX} characters
     * @param id given when it was made; never used again, for a table neither
     * @param revision given at each change; grows, and is never used again
     * @param content at most {@link #CONTENT_BYTES_MAX}; shared, not to be written to
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Resource(Kind kind, String name, long id, long revision, byte[] content) {}

    sealed interface Outcome {
        record Changed(Resource resource) implements Outcome {}

        /** It is not what was expected; nothing was done. Empty if there is none of this name. */
        record Conflict(Optional<Resource> now) implements Outcome {}

        /** There is no room for more; nothing was done. */
        record Full() implements Outcome {}
    }
}
