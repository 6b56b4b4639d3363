package io.murmuration.object.index;

import io.murmuration.protocol.ServiceError;

/** What became of an {@link IndexIntent}. */
public sealed interface IndexOutcome {
    /** Done, or it had been before. */
    record Done() implements IndexOutcome {}

    /** The object that is there now. */
    record Stored(ObjectEntry entry) implements IndexOutcome {}

    /** @param more there is more to do of what was asked */
    record Progress(boolean more) implements IndexOutcome {}

    record Refused(ServiceError error) implements IndexOutcome {}

    /** The bucket is closed: it is being deleted, or was. */
    record Closed() implements IndexOutcome {}

    /** It has objects, or had when it was looked at. */
    record NotEmpty() implements IndexOutcome {}

    /** The intent is not there: it was given up, by somebody or by time. */
    record Expired() implements IndexOutcome {}
}
