package io.murmuration.simulation;

import io.murmuration.consensus.Voters;
import io.murmuration.journal.SimulatedDisk;
import io.murmuration.journal.StepFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * The life of one cluster, decided by a seed alone: some seconds of trouble under load, then peace, in which it must recover.
 *
 * <p>A thing that must never happen ends it with an exception; see {@link Referee}.
 */
final class Simulation {
    private static final int TROUBLE_MILLIS = 8_000;
    private static final int PEACE_MILLIS = 10_000;
    private static final int TABLES = 2;
    private static final int KEYS = 3;

    private final Timeline timeline;
    private final RandomGenerator random;
    private final Scenario scenario;
    private final Counts counts = new Counts();
    private final Referee referee;
    private final Network network;
    private final Map<Long, SimulatedNode> nodes = new LinkedHashMap<>();
    private final Nemesis nemesis;
    private final long[] lastCount = new long[TABLES * KEYS];
    private long operations;
    private boolean quiet;

    private Simulation(long seed, Supplier<StepFault> faults, boolean tracing) {
        timeline = new Timeline(tracing);
        random = new SplittableRandom(seed);
        scenario = Scenario.of(random);
        network = new Network(timeline, random, scenario, counts);
        var voters =
                Voters.of(LongStream.rangeClosed(1, scenario.nodes()).boxed().toList());
        referee = new Referee(counts, voters.firstEntry());
        var world = new SimulatedNode.World(
                timeline, random, scenario, network, referee, counts, nodes, this::elected, faults);
        for (var id : voters.voters()) {
            nodes.put(id, new SimulatedNode(id, new SimulatedDisk(voters), world));
        }
        nemesis = new Nemesis(timeline, random, scenario, network, all(), counts);
    }

    /** Runs the production code. */
    static Counts run(long seed) {
        return run(seed, () -> StepFault.NONE);
    }

    /** Runs the production code with a planted fault on each node. */
    static Counts run(long seed, Supplier<StepFault> faults) {
        return new Simulation(seed, faults, false).run();
    }

    /** Repeats a run and tells its last steps, up to the breach if there is one. */
    static String trace(long seed, Supplier<StepFault> faults) {
        var simulation = new Simulation(seed, faults, true);
        try {
            simulation.run();
            return simulation.timeline.trace();
        } catch (RuntimeException breach) {
            return simulation.scenario + "\n" + simulation.timeline.trace() + "\n" + breach;
        }
    }

    private Counts run() {
        nodes.values().forEach(SimulatedNode::start);
        nemesis.begin();
        operateLater();
        timeline.runUntil(TROUBLE_MILLIS);
        nemesis.stop();
        timeline.runUntil(TROUBLE_MILLIS + 500);
        quiet = true;
        while (!recovered()) {
            Violation.unless(
                    timeline.millis() < TROUBLE_MILLIS + PEACE_MILLIS, "a cluster that is left in peace recovers");
            timeline.runUntil(timeline.millis() + 100);
        }
        return counts;
    }

    private boolean recovered() {
        return all().stream().filter(SimulatedNode::isServing).count() == 1
                && all().stream().filter(node -> !nemesis.isBuried(node)).allMatch(this::isWhole);
    }

    /** A damaged replica is cured once all others have answered, so not while one is down. */
    private boolean isWhole(SimulatedNode node) {
        return referee.hasAll(node.appliedIndex()) && (nemesis.hasBuried() || !node.disk.isDamaged());
    }

    private void elected(SimulatedNode node) {
        nemesis.elected(node);
    }

    private void operateLater() {
        // Now and then clients have nothing to ask.
        var lull = random.nextInt(50) == 0 ? random.nextInt(600_000) : 0;
        timeline.after(1 + lull + random.nextInt(2 * scenario.operationMicros()), () -> {
            if (!quiet) {
                operate();
                operateLater();
            }
        });
    }

    private void operate() {
        var node = target();
        var table = random.nextInt(TABLES);
        var key = random.nextInt(KEYS);
        var id = ++operations;
        var slot = table * KEYS + key;
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> node.ask(new Operation.Count(id, table, key));
            case 3 -> node.ask(new Operation.Put(id, table, key));
            case 4 -> node.ask(new Operation.CountIf(id, table, key, 1 + lastCount[slot]++ % 4));
            case 5 -> node.ask(new Operation.CountIf(id, table, key, 1 + random.nextInt(3)));
            default -> node.read(table, key);
        }
    }

    /** A client mostly knows who serves. */
    private SimulatedNode target() {
        var serving = all().stream().filter(SimulatedNode::isServing).toList();
        return serving.isEmpty() || random.nextInt(8) == 0
                ? all().get(random.nextInt(nodes.size()))
                : serving.get(random.nextInt(serving.size()));
    }

    private List<SimulatedNode> all() {
        return new ArrayList<>(nodes.values());
    }
}
