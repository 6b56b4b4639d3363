package io.murmuration.simulation;

import io.murmuration.consensus.Effects;
import io.murmuration.consensus.Effects.Role;
import io.murmuration.consensus.HardState;
import io.murmuration.consensus.Input;
import io.murmuration.consensus.Message;
import io.murmuration.consensus.Raft;
import io.murmuration.journal.StepFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bugs that a simulation worth its name finds. Each changes what passes between the production core and its shell, and nothing else. */
enum PlantedBug {
    /** Promises leave at once (docs/safety.md, rule 1). */
    ACKNOWLEDGE_BEFORE_FSYNC(() -> new StepFault() {
        @Override
        public Effects step(Raft raft, Input input) {
            var effects = raft.step(input);
            var sendNow = new ArrayList<>(effects.send());
            sendNow.addAll(effects.sendOncePersisted());
            return with(effects, sendNow, List.of(), effects.commitIndex(), effects.hardState());
        }
    }),

    /** What was said in an earlier term counts as if it were said in this one (section 3.3). */
    IGNORE_THE_TERM(() -> new StepFault() {
        @Override
        public Effects step(Raft raft, Input input) {
            var outdated = input instanceof Input.Received received
                    && received.message().term() < raft.hardState().term();
            return raft.step(
                    outdated
                            ? new Input.Received(inTerm(raft.hardState().term(), ((Input.Received) input).message()))
                            : input);
        }
    }),

    /** A leader answers reads without asking whether it still leads (section 6.4). */
    READ_WITHOUT_BARRIER(() -> new StepFault() {
        private long readId = -1;

        @Override
        public Effects step(Raft raft, Input input) {
            if (input instanceof Input.Read read) {
                readId = read.readId();
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
                        List.of(new Effects.ReadReleased(readId, effects.commitIndex())),
                        List.of(),
                        effects.fetch(),
                        effects.office(),
                        effects.mustPersist());
            }
            return raft.step(input);
        }
    }),

    /** The vote is not remembered: whoever asks next in the same term gets it too (section 3.4). */
    VOTE_TWICE(() -> new StepFault() {
        @Override
        public Effects step(Raft raft, Input input) {
            var effects = raft.step(input);
            var follower = raft.office().role() == Role.FOLLOWER;
            if (follower
                    && input instanceof Input.Received received
                    && received.message() instanceof Message.VoteRequest request
                    && upToDate(raft, request)) {
                var promises = effects.sendOncePersisted().stream()
                        .map(message -> granted(request, message))
                        .toList();
                return with(effects, effects.send(), promises, effects.commitIndex(), effects.hardState());
            }
            return effects;
        }

        private static Message granted(Message.VoteRequest request, Message message) {
            return message instanceof Message.VoteReply reply && !reply.pre() && reply.term() == request.term()
                    ? new Message.VoteReply(reply.from(), reply.to(), reply.term(), false, true, reply.life())
                    : message;
        }

        private static boolean upToDate(Raft raft, Message.VoteRequest request) {
            var lastTerm = raft.term(raft.lastIndex());
            return request.lastTerm() > lastTerm
                    || (request.lastTerm() == lastTerm && request.lastIndex() >= raft.lastIndex());
        }
    }),

    /** The vote is not on the disk: a crash forgets it (section 3.8). */
    FORGET_THE_VOTE(() -> new StepFault() {
        @Override
        public Effects step(Raft raft, Input input) {
            var effects = raft.step(input);
            var voted = effects.hardState();
            var forgotten = voted == null ? null : new HardState(Math.max(1, voted.term() - 1), HardState.NOBODY);
            return with(effects, effects.send(), effects.sendOncePersisted(), effects.commitIndex(), forgotten);
        }
    }),

    /** A fetched state claims one entry more than it holds (chapter 5). */
    SNAPSHOT_GAP(() -> new StepFault() {
        @Override
        public int snapshotGap() {
            return 1;
        }
    }),

    /** A leader commits whatever a majority holds, of earlier terms too (section 3.6.2, figure 3.7). */
    COMMIT_OLD_TERM_BY_COUNTING(CountingAnyTerm::new),

    /** A replica that lost its promises takes part as if it had made none (docs/safety.md, rule 8). */
    DAMAGED_REPLICA_VOTES(() -> new StepFault() {
        @Override
        public boolean knowsDamage() {
            return false;
        }
    }),

    /** A damaged replica takes itself for cured as soon as a leader speaks to it (docs/safety.md, rule 9). */
    CURED_TOO_EARLY(() -> new StepFault() {
        @Override
        public Effects step(Raft raft, Input input) {
            if (input instanceof Input.Received received
                    && received.message() instanceof Message.Append append
                    && append.term() == raft.hardState().term()
                    && raft.damage() != 0) {
                var cured = raft.step(new Input.Received(
                        new Message.Cured(append.from(), append.to(), append.term(), raft.damage())));
                var effects = raft.step(input);
                var hardState = effects.hardState() == null ? cured.hardState() : effects.hardState();
                return with(effects, effects.send(), effects.sendOncePersisted(), effects.commitIndex(), hardState);
            }
            return raft.step(input);
        }
    }),

    /** A read is answered by a heartbeat round that began before it arrived (docs/safety.md, rule 4). */
    READ_RIDES_ON_A_ROUND_ALREADY_BEGUN(PlantedFaults.EarlierRound::new),

    /** A leader counts itself for entries that its disk has not yet (docs/safety.md, rule 2). */
    COUNT_ONESELF_BEFORE_SYNC(PlantedFaults.CountingItself::new),

    /** The answer to a heartbeat accepts entries that are still being written (docs/safety.md, rule 1). */
    HEARTBEAT_ANSWER_CLAIMS_UNSYNCED(() -> new StepFault() {
        @Override
        public Effects step(Raft raft, Input input) {
            var effects = raft.step(input);
            if (input instanceof Input.Received received
                    && received.message() instanceof Message.Append append
                    && append.entries().isEmpty()) {
                var claims = effects.send().stream()
                        .map(message -> message instanceof Message.AppendReply reply && reply.accepted()
                                ? PlantedFaults.matching(reply, Math.max(reply.matchIndex(), append.previousIndex()))
                                : message)
                        .toList();
                return with(effects, claims, effects.sendOncePersisted(), effects.commitIndex(), effects.hardState());
            }
            return effects;
        }
    }),

    /** A damaged replica is cured though not every other voter has answered since (docs/safety.md, rule 9 (a)). */
    CURE_WITHOUT_THE_OTHERS(PlantedFaults.CuringAlone::new),

    /** The log is truncated behind rows that are not durable (docs/safety.md, rule 14). */
    TRUNCATE_BEYOND_DURABLE_ROWS(() -> new StepFault() {
        @Override
        public boolean awaitsDurableRows() {
            return false;
        }
    });

    @SuppressWarnings("ImmutableEnumChecker") // each is a constructor without state
    private final Supplier<StepFault> onEachNode;

    PlantedBug(Supplier<StepFault> onEachNode) {
        this.onEachNode = onEachNode;
    }

    Supplier<StepFault> onEachNode() {
        return onEachNode;
    }

    private static final class CountingAnyTerm implements StepFault {
        private final Map<Long, Long> matches = new HashMap<>();
        private long term;
        private long committed;

        @Override
        public Effects step(Raft raft, Input input) {
            // The sound core knows nothing of what was committed by counting alone.
            var effects = raft.step(
                    input instanceof Input.Applied applied
                            ? new Input.Applied(Math.min(applied.index(), raft.commitIndex()))
                            : input);
            var office = raft.office();
            if (office.role() != Role.LEADER) {
                matches.clear();
                return effects;
            }
            if (term != office.term()) {
                term = office.term();
                matches.clear();
                committed = 0;
            }
            if (input instanceof Input.Received received
                    && received.message() instanceof Message.AppendReply reply
                    && reply.accepted()
                    && reply.damage() == 0
                    && reply.term() == term) {
                matches.merge(reply.from(), reply.matchIndex(), Math::max);
            }
            var others = matches.values().stream().sorted().toList();
            var needed = raft.voters().voters().size() / 2;
            if (needed > 0 && others.size() >= needed) {
                committed = Math.max(committed, others.get(others.size() - needed));
            }
            var commitIndex = Math.max(effects.commitIndex(), Math.min(committed, raft.durableIndex()));
            return with(effects, effects.send(), effects.sendOncePersisted(), commitIndex, effects.hardState());
        }
    }

    static Effects with(
            Effects effects,
            List<Message> send,
            List<Message> sendOncePersisted,
            long commitIndex,
            @Nullable HardState hardState) {
        return new Effects(
                effects.step(),
                hardState,
                effects.append(),
                send,
                sendOncePersisted,
                effects.proposed(),
                commitIndex,
                effects.reads(),
                effects.readsRefused(),
                effects.fetch(),
                effects.office(),
                effects.mustPersist());
    }

    private static Message inTerm(long term, Message message) {
        return switch (message) {
            case Message.VoteRequest m ->
                new Message.VoteRequest(
                        m.from(), m.to(), term, m.pre(), m.lastIndex(), m.lastTerm(), m.transfer(), m.life());
            case Message.VoteReply m -> new Message.VoteReply(m.from(), m.to(), term, m.pre(), m.granted(), m.life());
            case Message.Append m ->
                new Message.Append(
                        m.from(),
                        m.to(),
                        term,
                        m.previousIndex(),
                        m.previousTerm(),
                        m.entries(),
                        m.commitIndex(),
                        m.round());
            case Message.AppendReply m ->
                new Message.AppendReply(
                        m.from(), m.to(), term, m.accepted(), m.matchIndex(), m.hintTerm(), m.round(), m.damage());
            case Message.SnapshotOffer m ->
                new Message.SnapshotOffer(m.from(), m.to(), term, m.index(), m.indexTerm(), m.round());
            case Message.Cured m -> new Message.Cured(m.from(), m.to(), term, m.damage());
            case Message.CampaignNow m -> new Message.CampaignNow(m.from(), m.to(), term);
        };
    }
}
