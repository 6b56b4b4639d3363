package io.murmuration.protocol.function.mapping;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a function's answer says of a batch, if it may report failures of single records: {@code {"batchItemFailures": [{"itemIdentifier": "…"}]}}.
 */
public final class BatchResponse {
    private BatchResponse() {}

    /** What was done. */
    public sealed interface Result {
        /** All of it: so say an empty answer, one that is null, and one that names no failure. */
        record Done() implements Result {}

        /** All before this record, the first that is named; 0 is the first of the batch. */
        record DoneBefore(int index) implements Result {}

        /** Nothing: the answer cannot be read, or names what is not in the batch. */
        record Unreadable() implements Result {}
    }

    /** @param sequenceNumbers of the batch's records, in order */
    public static Result read(byte[] answer, List<String> sequenceNumbers) {
        if (isNothing(answer)) {
            return new Result.Done();
        }
        try {
            var failures = JsonTree.parse(answer).trees("batchItemFailures");
            var first = sequenceNumbers.size();
            for (var failure : Objects.requireNonNullElse(failures, List.<JsonTree>of())) {
                var index = Optional.ofNullable(failure.text("itemIdentifier"))
                        .map(sequenceNumbers::indexOf)
                        .orElse(-1);
                if (index < 0) {
                    return new Result.Unreadable();
                }
                first = Math.min(first, index);
            }
            return first == sequenceNumbers.size() ? new Result.Done() : new Result.DoneBefore(first);
        } catch (ServiceException unreadable) {
            return new Result.Unreadable();
        }
    }

    private static boolean isNothing(byte[] answer) {
        var text = new String(answer, StandardCharsets.UTF_8).strip();
        return text.isEmpty() || text.equals("null") || text.equals("\"\"");
    }
}
