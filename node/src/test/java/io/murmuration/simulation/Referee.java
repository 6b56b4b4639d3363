package io.murmuration.simulation;

import io.murmuration.consensus.Effects;
import io.murmuration.consensus.Entry;
import io.murmuration.consensus.Input;
import io.murmuration.consensus.Raft;
import io.murmuration.journal.ReferenceRows;
import io.murmuration.simulation.Operation.Answer;
import io.murmuration.simulation.Operation.Item;
import io.murmuration.table.partition.StoredItem;
import io.murmuration.table.partition.TablePartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sees every step of every replica and every answer to a client, and holds them against what must always be so (dissertation, figure 3.2, and
 * section 6.4). It never repairs; the first breach throws a {@link Violation}.
 */
final class Referee {
    /** Identity of an entry: no two differ that have the same index and term. */
    private record Place(long index, long term) {}

    private record Placed(Entry entry, long previousTerm) {}

    /** A partition after so many events: its items, and how the operations of the last event had to be answered. */
    private record Version(Map<Integer, Item> items) {}

    private final Counts counts;
    private final Map<Long, Promises> promises = new HashMap<>();
    private final Map<Long, Long> leaderOfTerm = new HashMap<>();
    private final Map<Place, Placed> placed = new HashMap<>();
    private final List<Entry> committed = new ArrayList<>();
    private final List<Long> committedInTerm = new ArrayList<>();
    private final ReferenceRows rows = new ReferenceRows();
    private final Map<String, List<Version>> versions = new HashMap<>();
    private final Map<String, Long> seen = new HashMap<>();
    private final Map<String, List<Operation>> proposals = new HashMap<>();
    private final Map<Long, Answer> answers = new HashMap<>();
    private final Map<Long, Long> effectiveAt = new HashMap<>();

    Referee(Counts counts, Entry first) {
        this.counts = counts;
        placed.put(new Place(1, 1), new Placed(first, 0));
    }

    /** A process has begun. What it lost with its disk it may have forgotten. */
    void started(long node, Raft raft, boolean damaged) {
        var before = promises.get(node);
        if (before != null && !damaged) {
            before.restarted(raft);
        }
        promises.put(node, new Promises(raft));
    }

    /** After every step of a replica. */
    void stepped(long node, Raft raft, Input input, Effects effects) {
        appended(raft, effects.append());
        while (committed.size() < effects.commitIndex()) {
            commit(raft, committed.size() + 1);
        }
        var known = Objects.requireNonNull(promises.get(node), "it has begun");
        known.stepped(raft, input, effects);
        known.commits(raft, input, effects, committed);
        var office = effects.office();
        if (office != null && office.role() == Effects.Role.LEADER) {
            var before = leaderOfTerm.put(office.term(), office.leader());
            Violation.unless(before == null || before == office.leader(), "election safety: one leader a term");
            if (before == null) {
                counts.add(Counts.Kind.ELECTIONS);
            }
            leads(raft);
        }
    }

    /** After every entry applied and every snapshot installed. */
    void moved(long index, long fingerprint) {
        Violation.unless(index <= committed.size(), "state machine safety: only what is committed is applied");
        Violation.unless(
                rows.fingerprint(index) == fingerprint, "state machine safety: rows at index " + index + " differ");
    }

    /** A batch is about to be proposed under this name. */
    void proposed(String proposal, List<Operation> batch) {
        proposals.put(proposal, batch);
    }

    /** The proposer was told that this proposal has no effect, so it may never have one. */
    void withoutEffect(String proposal) {
        for (var operation : proposals.getOrDefault(proposal, List.of())) {
            Violation.unless(!effectiveAt.containsKey(operation.id()), "what surely has no effect has none");
        }
        proposals.remove(proposal);
    }

    /** The version of the partition that a call beginning now must see at least. */
    long mark(String partition) {
        return seen.getOrDefault(partition, 0L);
    }

    /** A client is told that its operation, decided with others as this version, had this outcome. */
    void written(Operation operation, long version, Answer answer, long mark) {
        var partition = partition(operation.table());
        Violation.unless(
                effectiveAt.getOrDefault(operation.id(), -1L) == version,
                "an acknowledged write is committed, once: operation " + operation.id());
        Violation.unless(answer.equals(answers.get(operation.id())), "a write is answered by what it found");
        Violation.unless(version > mark, "a write follows what was known before it");
        saw(partition, version);
        counts.add(answer.written() ? Counts.Kind.WRITES : Counts.Kind.REFUSED_CONDITIONS);
    }

    /** A client is told what the partition was at this version, by a read or by an operation that changed nothing. */
    void unchanged(Operation operation, long version, Answer answer, long mark) {
        read(operation.table(), operation.key(), version, null, mark);
        var before = item(operation.table(), operation.key(), version);
        Violation.unless(!answer.written(), "only a refused condition changes nothing");
        Violation.unless(answer.equals(operation.answer(before)), "a refused condition tells what is true");
        counts.add(Counts.Kind.REFUSED_CONDITIONS);
    }

    void read(long table, int key, long version, @Nullable Item read, long mark) {
        Violation.unless(
                version >= mark,
                "linearizable reads: version " + version + " of " + partition(table) + " after " + mark + " was seen");
        Violation.unless(version < history(partition(table)).size(), "a read sees only what is committed");
        if (read != null) {
            Violation.unless(read.equals(item(table, key, version)), "a read sees the item of its version");
            counts.add(Counts.Kind.READS);
        }
        saw(partition(table), version);
    }

    /** Once all is quiet: this replica has everything. */
    boolean hasAll(long appliedIndex) {
        return appliedIndex == committed.size();
    }

    static String partition(long table) {
        return new TablePartition(table, 1).persistenceId();
    }

    private void saw(String partition, long version) {
        seen.merge(partition, version, Math::max);
    }

    /** Log matching, by induction: same place, same entry, same predecessor. */
    private void appended(Raft raft, List<Entry> entries) {
        for (var entry : entries) {
            var previousTerm = entry.index() == entries.getFirst().index()
                    ? termBefore(raft, entry.index())
                    : entries.get((int) (entry.index() - entries.getFirst().index()) - 1)
                            .term();
            var now = new Placed(entry, previousTerm);
            var before = placed.putIfAbsent(new Place(entry.index(), entry.term()), now);
            Violation.unless(before == null || before.equals(now), "log matching: entry " + entry);
        }
    }

    private static long termBefore(Raft raft, long index) {
        return raft.term(index - 1);
    }

    private void commit(Raft raft, long index) {
        var entry = raft.entries(index, index, 1).getFirst();
        committed.add(entry);
        committedInTerm.add(raft.hardState().term());
        counts.add(Counts.Kind.COMMITS);
        var effect = rows.apply(entry);
        if (effect != null) {
            took(effect);
        }
    }

    /**
     * Leader completeness: a new leader has everything that was committed in earlier terms. It may have won its term and learn it only when a later
     * one has begun: of that it knows nothing.
     */
    private void leads(Raft raft) {
        for (var index = Math.max(1, raft.commitIndex()); index <= committed.size(); index++) {
            if (committedInTerm.get((int) index - 1) < raft.hardState().term()) {
                Violation.unless(
                        index <= raft.lastIndex()
                                && raft.term(index)
                                        == committed.get((int) index - 1).term(),
                        "leader completeness: entry " + index);
            }
        }
    }

    private void took(ReferenceRows.Effect effect) {
        var batch = proposals.get(effect.writer());
        if (batch == null) {
            throw new Violation("only what was proposed, and not called without effect, has effect");
        }
        var history = history(effect.persistenceId());
        Violation.unless(history.size() == effect.sequenceNumber(), "sequence numbers of an entity are consecutive");
        var items = new HashMap<>(history.getLast().items());
        for (var operation : batch) {
            var before = items.getOrDefault(operation.key(), Item.ABSENT);
            answers.put(operation.id(), operation.answer(before));
            items.put(operation.key(), operation.after(before));
            var earlier = effectiveAt.put(operation.id(), effect.sequenceNumber());
            Violation.unless(earlier == null, "no operation has effect twice");
        }
        history.add(new Version(items));
        for (var row : effect.rows()) {
            for (var operation : batch) {
                if (row.value() != null
                        && Arrays.equals(row.key(), Operation.row(operation.table(), operation.key()))) {
                    Violation.unless(
                            Item.of(StoredItem.read(row.value()).item()).equals(items.get(operation.key())),
                            "the rules write what the model says");
                }
            }
        }
    }

    private List<Version> history(String partition) {
        return versions.computeIfAbsent(partition, absent -> new ArrayList<>(List.of(new Version(Map.of()))));
    }

    private Item item(long table, int key, long version) {
        return history(partition(table)).get((int) version).items().getOrDefault(key, Item.ABSENT);
    }
}
