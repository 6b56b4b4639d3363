package io.murmuration.simulation;

import io.murmuration.consensus.Effects;
import io.murmuration.consensus.Effects.Role;
import io.murmuration.consensus.Input;
import io.murmuration.consensus.Message;
import io.murmuration.consensus.Raft;
import io.murmuration.journal.StepFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Those of {@link PlantedBug} that keep books of their own. One stands on each node, through all its lives: a new one begins new books. */
final class PlantedFaults {
    private PlantedFaults() {}

    static Message.AppendReply matching(Message.AppendReply reply, long matchIndex) {
        return new Message.AppendReply(
                reply.from(),
                reply.to(),
                reply.term(),
                reply.accepted(),
                matchIndex,
                reply.hintTerm(),
                reply.round(),
                reply.damage());
    }

    /** Books of one office; they are empty while the replica does not lead. */
    private abstract static class InOffice implements StepFault {
        final Map<Long, Long> matches = new HashMap<>();
        final Map<Long, Long> answeredRounds = new HashMap<>();
        private @Nullable Raft raft;
        long term;
        long round;

        @Override
        public final Effects step(Raft now, Input input) {
            if (now != raft
                    || now.office().role() != Role.LEADER
                    || now.office().term() != term) {
                raft = now;
                term = now.office().term();
                round = 0;
                matches.clear();
                answeredRounds.clear();
                forget();
            }
            if (now.office().role() == Role.LEADER
                    && input instanceof Input.Received received
                    && received.message() instanceof Message.AppendReply reply
                    && reply.term() == term
                    && reply.damage() == 0) {
                answeredRounds.merge(reply.from(), reply.round(), Math::max);
                if (reply.accepted()) {
                    matches.merge(reply.from(), reply.matchIndex(), Math::max);
                }
            }
            var effects = faulty(now, input);
            for (var message : effects.send()) {
                if (message instanceof Message.Append append
                        && append.term() == now.office().term()) {
                    term = append.term();
                    round = Math.max(round, append.round());
                }
            }
            return effects;
        }

        abstract Effects faulty(Raft now, Input input);

        void forget() {}

        /** What a majority of the voters has reached if the leader itself has reached everything. */
        static long agreed(Raft raft, Map<Long, Long> reached) {
            var others = reached.values().stream().sorted().toList();
            var needed = raft.voters().voters().size() / 2;
            return needed == 0 || others.size() < needed ? 0 : others.get(others.size() - needed);
        }
    }

    static final class EarlierRound extends InOffice {
        @Override
        Effects faulty(Raft raft, Input input) {
            if (input instanceof Input.Read read
                    && raft.office().role() == Role.LEADER
                    && round > 0
                    && agreed(raft, answeredRounds) >= round) {
                // Some input that changes nothing, so that the step has effects of its own.
                var effects = raft.step(new Input.Applied(0));
                return new Effects(
                        effects.step(),
                        effects.hardState(),
                        effects.append(),
                        effects.send(),
                        effects.sendOncePersisted(),
                        effects.proposed(),
                        effects.commitIndex(),
                        List.of(new Effects.ReadReleased(read.readId(), raft.commitIndex())),
                        List.of(),
                        effects.fetch(),
                        effects.office(),
                        effects.mustPersist());
            }
            return raft.step(input);
        }
    }

    static final class CountingItself extends InOffice {
        private long applied;

        @Override
        Effects faulty(Raft raft, Input input) {
            var effects = raft.step(known(raft, input));
            var agreed = Math.min(agreed(raft, matches), raft.lastIndex());
            var mayCommit = raft.office().role() == Role.LEADER
                    && agreed > effects.commitIndex()
                    && raft.term(agreed) == raft.office().term();
            return mayCommit
                    ? PlantedBug.with(effects, effects.send(), effects.sendOncePersisted(), agreed, effects.hardState())
                    : effects;
        }

        /** The sound core hears only later, instead of some tick, of what was applied though it did not take it for committed. */
        private Input known(Raft raft, Input input) {
            if (input instanceof Input.Applied now) {
                applied = now.index();
            }
            return input instanceof Input.Applied || (input instanceof Input.Tick tick && tick.nowMillis() % 20 < 10)
                    ? new Input.Applied(Math.min(applied, raft.commitIndex()))
                    : input;
        }
    }

    static final class CuringAlone extends InOffice {
        private final Map<Long, Long> curePoints = new HashMap<>();

        @Override
        Effects faulty(Raft raft, Input input) {
            var effects = raft.step(input);
            if (raft.office().role() == Role.LEADER
                    && input instanceof Input.Received received
                    && received.message() instanceof Message.AppendReply reply
                    && reply.term() == raft.office().term()
                    && reply.damage() != 0) {
                var curePoint = curePoints.computeIfAbsent(reply.damage(), number -> raft.lastIndex());
                if (reply.accepted() && reply.matchIndex() >= curePoint) {
                    var send = new ArrayList<>(effects.send());
                    send.add(new Message.Cured(reply.to(), reply.from(), reply.term(), reply.damage()));
                    return PlantedBug.with(
                            effects, send, effects.sendOncePersisted(), effects.commitIndex(), effects.hardState());
                }
            }
            return effects;
        }

        @Override
        void forget() {
            curePoints.clear();
        }
    }
}
