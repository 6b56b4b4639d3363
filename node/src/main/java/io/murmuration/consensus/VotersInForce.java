package io.murmuration.consensus;

import static io.murmuration.consensus.Invariant.check;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The voter sets along the log. The newest is in force as soon as it is appended, and no longer once it is overwritten (section 4.1). */
final class VotersInForce {
    private final List<Since> history = new ArrayList<>();

    private record Since(long index, Voters voters) {}

    VotersInForce(@Nullable Voters applied, long appliedIndex, RaftLog log) {
        if (applied != null) {
            history.add(new Since(appliedIndex, applied));
        }
        for (var from = appliedIndex + 1; from <= log.lastIndex(); ) {
            var entries = log.entries(from, log.lastIndex(), 1 << 20);
            appended(entries);
            from += entries.size();
        }
        check(!history.isEmpty(), "a formatted log says who votes");
    }

    Voters now() {
        return history.getLast().voters();
    }

    void appended(List<Entry> entries) {
        history.removeIf(since ->
                !entries.isEmpty() && since.index() >= entries.getFirst().index());
        for (var entry : entries) {
            if (entry.kind() == Entry.Kind.VOTERS) {
                history.add(new Since(entry.index(), VotersCodec.decode(entry.payload())));
            }
        }
    }

    void installed(long index, Voters voters) {
        history.clear();
        history.add(new Since(index, voters));
    }
}
