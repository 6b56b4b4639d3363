package io.murmuration.consensus;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The effects of one step while they come together. */
final class Step {
    final long number;
    private final List<Entry> append = new ArrayList<>();
    private final List<Message> send = new ArrayList<>();
    private final List<Message> sendOncePersisted = new ArrayList<>();
    private final List<Effects.ReadReleased> reads = new ArrayList<>();
    private final List<Long> readsRefused = new ArrayList<>();
    private @Nullable HardState hardState;
    private Effects.@Nullable Proposed proposed;
    private Effects.@Nullable Fetch fetch;

    Step(long number) {
        this.number = number;
    }

    void persist(HardState changed) {
        hardState = changed;
    }

    void persist(List<Entry> entries) {
        append.addAll(entries);
    }

    void send(Message message) {
        send.add(message);
    }

    void sendOncePersisted(Message message) {
        sendOncePersisted.add(message);
    }

    void proposed(Effects.Proposed outcome) {
        proposed = outcome;
    }

    void release(long readId, long index) {
        reads.add(new Effects.ReadReleased(readId, index));
    }

    void refuse(long readId) {
        readsRefused.add(readId);
    }

    void fetch(Effects.Fetch wanted) {
        fetch = wanted;
    }

    Effects effects(long commitIndex, Effects.@Nullable Office office) {
        return new Effects(
                number,
                hardState,
                append,
                send,
                sendOncePersisted,
                proposed,
                commitIndex,
                reads,
                readsRefused,
                fetch,
                office,
                hardState != null || !append.isEmpty());
    }
}
