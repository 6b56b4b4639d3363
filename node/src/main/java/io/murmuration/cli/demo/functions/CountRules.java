package io.murmuration.cli.demo.functions;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a batch of stream records changes in the counts. Pure.
 *
 * <p>Why nothing is counted twice, though records may come again: the reports of a species have one partition key, so that their records come in the order
 * of their sequence numbers, each batch from where the batches before it have ended or earlier. A count is kept together with the last sequence number that
 * it contains, and both change in one conditional update: what is not above that number has been counted.
 */
final class CountRules {
    private CountRules() {}

    /** @param strikes one more, or one less */
    record Change(BigInteger sequenceNumber, int strikes) {}

    /** @param last the sequence number of the latest change; empty if there is none */
    record Step(long strikes, String last) {
        boolean isEmpty() {
            return last.isEmpty();
        }
    }

    /** The changes of each species, in the order of the batch. */
    static Map<String, List<Change>> bySpecies(List<Map<String, Object>> records) {
        var changes = new LinkedHashMap<String, List<Change>>();
        for (var each : records) {
            int strikes =
                    switch (Json.text(each, "eventName")) {
                        case "INSERT" -> 1;
                        case "REMOVE" -> -1;
                        default -> 0;
                    };
            if (strikes != 0) {
                var record = Json.object(each, "dynamodb");
                var species = Tables.value(Json.object(record, "Keys"), "species");
                changes.computeIfAbsent(species, none -> new ArrayList<>())
                        .add(new Change(new BigInteger(Json.text(record, "SequenceNumber")), strikes));
            }
        }
        return changes;
    }

    /** @param last the sequence number up to which all is counted; empty if nothing is */
    static Step after(String last, List<Change> changes) {
        var counted = last.isEmpty() ? BigInteger.valueOf(-1) : new BigInteger(last);
        var fresh = changes.stream()
                .filter(change -> change.sequenceNumber().compareTo(counted) > 0)
                .toList();
        return new Step(
                fresh.stream().mapToLong(Change::strikes).sum(),
                fresh.isEmpty() ? "" : fresh.getLast().sequenceNumber().toString());
    }
}
