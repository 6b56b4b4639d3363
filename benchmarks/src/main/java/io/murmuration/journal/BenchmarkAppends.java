package io.murmuration.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Appends to a node's journal as the persistence plugin does, without its actors: what is measured is the replication alone. It stands in the
 * journal's package so that production need not show what only a measurement wants.
 */
public final class BenchmarkAppends {
    /** Pekko's serializer of byte arrays. */
    private static final int BYTES = 4;

    private final JournalNode journal;
    private final int group;

    public BenchmarkAppends(JournalNode journal, int group) {
        this.journal = journal;
        this.group = group;
    }

    /**
     * Appends events together. Completes when they are durable on a majority and applied to the leader's rows, which is when production acknowledges it.
     *
     * @param sequenceNumber of the first, from 1, without gaps within an entity
     */
    public CompletionStage<Long> append(String entity, long sequenceNumber, List<byte[]> events) {
        var logged = new ArrayList<LoggedEvent>(events.size());
        for (var event : events) {
            logged.add(new LoggedEvent(
                    sequenceNumber + logged.size(),
                    System.currentTimeMillis(),
                    "",
                    new Payload(BYTES, "", event),
                    null,
                    List.of()));
        }
        var last = sequenceNumber + events.size() - 1;
        var command = new Command.AppendEvents(0, entity, sequenceNumber - 1, last, entity, logged);
        return journal.append(group, CommandCodec.encode(command));
    }
}
