package io.murmuration.simulation;

import io.murmuration.journal.SimulatedReplica;
import io.murmuration.simulation.Operation.Answer;
import io.murmuration.table.partition.Outcome;
import io.murmuration.table.partition.TablePartition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Gathers, decides and persists for one partition while its node serves, around the production rules: one batch in flight, a decision without
 * changes is a read (docs/safety.md, rules 19 to 21).
 */
final class PartitionShell {
    private static final int CHANGES_BYTES_MAX = 1 << 16;

    /** @param mark what the operation must see at least */
    private record Call(Operation operation, long mark) {}

    private final TablePartition partition;
    private final SimulatedReplica replica;
    private final Referee referee;
    private final Counts counts;
    private final BooleanSupplier stillServing;
    private final String writer;
    private final List<Call> waiting = new ArrayList<>();
    private long proposals;
    private boolean busy;

    PartitionShell(
            long table,
            SimulatedReplica replica,
            Referee referee,
            Counts counts,
            String writer,
            BooleanSupplier stillServing) {
        this.partition = new TablePartition(table, 1);
        this.replica = replica;
        this.referee = referee;
        this.counts = counts;
        this.writer = writer;
        this.stillServing = stillServing;
    }

    void ask(Operation operation) {
        waiting.add(new Call(operation, referee.mark(partition.persistenceId())));
        decide();
    }

    private void decide() {
        if (busy || waiting.isEmpty() || !stillServing.getAsBoolean()) {
            return;
        }
        var version = replica.sequenceNumber(partition.persistenceId());
        var intents = waiting.stream().map(call -> call.operation().intent()).toList();
        var decision = partition.decide(replica, intents, CHANGES_BYTES_MAX);
        var decided = waiting.subList(0, decision.replies().size());
        var batch = List.copyOf(decided);
        decided.clear();
        busy = true;
        if (decision.changes().isEmpty()) {
            replica.barrier(confirmed -> {
                if (confirmed && replica.sequenceNumber(partition.persistenceId()) == version) {
                    tellUnchanged(batch, decision.replies(), version);
                }
                next();
            });
        } else {
            var proposal = writer + "-" + partition.table() + "-" + proposals++;
            referee.proposed(proposal, batch.stream().map(Call::operation).toList());
            replica.append(partition.persistenceId(), version, decision.changes(), proposal, outcome -> {
                switch (outcome) {
                    case DONE -> tellWritten(batch, decision.replies(), version + 1);
                    case SURELY_WITHOUT_EFFECT -> referee.withoutEffect(proposal);
                    case UNKNOWN -> counts.add(Counts.Kind.UNKNOWN_OUTCOMES);
                }
                next();
            });
        }
    }

    private void next() {
        busy = false;
        decide();
    }

    private void tellWritten(List<Call> batch, List<Outcome> outcomes, long version) {
        for (var i = 0; i < batch.size(); i++) {
            var call = batch.get(i);
            referee.written(call.operation(), version, Answer.of(outcomes.get(i)), call.mark());
        }
    }

    private void tellUnchanged(List<Call> batch, List<Outcome> outcomes, long version) {
        for (var i = 0; i < batch.size(); i++) {
            var call = batch.get(i);
            referee.unchanged(call.operation(), version, Answer.of(outcomes.get(i)), call.mark());
        }
    }
}
