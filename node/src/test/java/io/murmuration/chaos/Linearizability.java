package io.murmuration.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Decides whether a history of calls on one object is linearizable: whether each answered call can be given a moment between its start and its
 * end, and each unknown one a moment after its start or none, so that the calls in that order are a run of the model.
 *
 * <p>The search is Wing and Gong's ("Testing and Verifying Concurrent Objects", 1993) with Lowe's memory of configurations already tried ("Testing for
 * Linearizability", 2016). Unknown calls need no moment, and that is used three times: they are tried last; a configuration that has spent more of them
 * than an equal one tried before is not tried; and those with equal inputs are placed only in the order in which they were sent.
 */
final class Linearizability {
    private Linearizability() {}

    /** Whether the history is linearizable; the order of the list does not matter. */
    static <S, I, O> boolean holds(Model<S, I, O> model, List<Call<I, O>> history) {
        return new Search<>(model, history).run();
    }

    /** Answered calls placed so far, and the state they and some unknown calls led to. */
    private record Configuration<S>(BitSet answered, S state) {}

    /** One level of the search: the candidates not yet tried, and what to take back on leaving it (-1 at the root). */
    private record Level<S>(S state, Iterator<Integer> candidates, int placed) {}

    private static final class Search<S, I, O> {
        private final Model<S, I, O> model;
        private final List<Call<I, O>> calls;
        private final int answeredCount;
        private final int[] twinBefore;
        private final BitSet placed = new BitSet();
        private final Map<Configuration<S>, List<BitSet>> tried = new HashMap<>();
        private final ArrayDeque<Level<S>> trail = new ArrayDeque<>();

        /** Answered calls come first in {@link #calls}, each part in the order of sending. */
        Search(Model<S, I, O> model, List<Call<I, O>> history) {
            this.model = model;
            calls = history.stream()
                    .sorted(Comparator.comparing((Call<I, O> call) -> call.isUnknown())
                            .thenComparingLong(Call::invoked))
                    .toList();
            answeredCount =
                    (int) calls.stream().filter(call -> !call.isUnknown()).count();
            twinBefore = new int[calls.size()];
            var last = new HashMap<I, Integer>();
            for (var i = answeredCount; i < calls.size(); i++) {
                var twin = last.put(calls.get(i).input(), i);
                twinBefore[i] = twin == null ? -1 : twin;
            }
        }

        boolean run() {
            trail.push(new Level<>(model.initial(), candidates(), -1));
            while (placed.nextClearBit(0) < answeredCount) {
                var level = trail.element();
                if (level.candidates().hasNext()) {
                    descend(level.state(), level.candidates().next());
                } else if (level.placed() < 0) {
                    return false;
                } else {
                    placed.clear(trail.pop().placed());
                }
            }
            return true;
        }

        private void descend(S state, int candidate) {
            var call = calls.get(candidate);
            var after = model.after(state, call.input(), call.output());
            if (after.isEmpty()) {
                return;
            }
            placed.set(candidate);
            if (isNew(after.get())) {
                trail.push(new Level<>(after.get(), candidates(), candidate));
            } else {
                placed.clear(candidate);
            }
        }

        private boolean isNew(S state) {
            var unknown = placed.get(answeredCount, calls.size());
            var spent = tried.computeIfAbsent(
                    new Configuration<>(placed.get(0, answeredCount), state), configuration -> new ArrayList<>());
            if (spent.stream().anyMatch(less -> isSubset(less, unknown))) {
                return false;
            }
            spent.add(unknown);
            return true;
        }

        private static boolean isSubset(BitSet less, BitSet more) {
            var rest = (BitSet) less.clone();
            rest.andNot(more);
            return rest.isEmpty();
        }

        /** What may come next: calls that were sent before the first answer among those not yet placed. */
        private Iterator<Integer> candidates() {
            var next = new ArrayList<Integer>();
            var firstAnswer = Long.MAX_VALUE;
            for (var i = placed.nextClearBit(0); i < answeredCount; i = placed.nextClearBit(i + 1)) {
                if (calls.get(i).invoked() > firstAnswer) {
                    break;
                }
                next.add(i);
                firstAnswer = Math.min(firstAnswer, calls.get(i).returned());
            }
            for (var i = placed.nextClearBit(answeredCount); i < calls.size(); i = placed.nextClearBit(i + 1)) {
                if (calls.get(i).invoked() > firstAnswer) {
                    break;
                }
                if (twinBefore[i] < 0 || placed.get(twinBefore[i])) {
                    next.add(i);
                }
            }
            return next.iterator();
        }
    }
}
