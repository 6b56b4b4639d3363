package io.murmuration.simulation;

import io.murmuration.simulation.Counts.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Makes trouble until it is told to stop, and then puts everything right again. */
final class Nemesis {
    private final Timeline timeline;
    private final RandomGenerator random;
    private final Scenario scenario;
    private final Network network;
    private final List<SimulatedNode> nodes;
    private final Counts counts;
    private boolean stopped;

    Nemesis(
            Timeline timeline,
            RandomGenerator random,
            Scenario scenario,
            Network network,
            List<SimulatedNode> nodes,
            Counts counts) {
        this.timeline = timeline;
        this.random = random;
        this.scenario = scenario;
        this.network = network;
        this.nodes = nodes;
        this.counts = counts;
    }

    void begin() {
        later(scenario.troubleMillis(), () -> {
            trouble();
            begin();
        });
    }

    /** A leader took office. In hunted scenarios it seldom enjoys it. */
    void elected(SimulatedNode leader) {
        if (stopped || !scenario.hunted()) {
            return;
        }
        switch (random.nextInt(5)) {
            case 0, 1 -> isolate(leader);
            case 2, 3 -> {
                counts.add(Kind.ONE_WAY_SPLITS);
                network.muteAfterEntries(leader.id, 1 + random.nextInt(2));
                later(700, () -> network.heal(leader.id));
            }
            default -> later(4 * scenario.delayMicrosMax() / 1000, () -> crash(leader, 400));
        }
    }

    void stop() {
        stopped = true;
        network.calm();
        for (var node : nodes) {
            node.resume();
            if (!node.isUp()) {
                node.start();
            }
        }
    }

    private void trouble() {
        var node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(14)) {
            case 0, 1 -> crash(node, 600);
            case 2 -> nodes.forEach(each -> crash(each, 200));
            case 3, 4 -> split();
            case 5 -> isolate(node);
            case 6 -> splitOneWay(node);
            case 7 -> pause(node);
            case 8 ->
                nodes.stream().filter(SimulatedNode::isServing).findFirst().ifPresent(this::pause);
            case 9 -> damage(node);
            case 10 -> network.heal();
            case 11 ->
                nodes.stream()
                        .filter(each -> each.isServing() && each != node)
                        .findFirst()
                        .ifPresent(leader -> damageAndIsolate(node, leader));
            case 12 -> {
                counts.add(Kind.FALSE_ALARMS);
                nodes.stream()
                        .filter(each -> random.nextBoolean())
                        .forEach(each -> nodes.forEach(other -> each.lost(other.id)));
            }
            default -> {
                counts.add(Kind.TRANSFERS);
                nodes.forEach(each -> each.transfer(node.id));
            }
        }
    }

    private void crash(SimulatedNode node, int downMillisMax) {
        if (node.isUp()) {
            counts.add(Kind.CRASHES);
            node.stop();
            later(downMillisMax, () -> startIfDown(node));
        }
    }

    /** Loses a minority at most: a group that loses its majority has lost its data. */
    private void damage(SimulatedNode node) {
        var damaged = nodes.stream().filter(each -> each.disk.isDamaged()).count();
        if (node.isUp() && (node.disk.isDamaged() || damaged < (nodes.size() - 1) / 2)) {
            counts.add(Kind.DAMAGES);
            node.stop();
            node.disk.damage(random);
            later(300, () -> startIfDown(node));
        }
    }

    /**
     * A node loses what it promised to a leader that some others did not hear, and soon after it is back they hear each other and no longer the
     * leader: now everything rests on the loser's counting for nothing.
     */
    private void damageAndIsolate(SimulatedNode loser, SimulatedNode leader) {
        for (var other : nodes) {
            if (other != loser && other != leader && random.nextInt(4) != 0) {
                network.cut(leader.id, other.id);
            }
        }
        later(200, () -> {
            damage(loser);
            later(300, () -> {
                network.heal();
                isolate(leader);
            });
        });
    }

    private static void startIfDown(SimulatedNode node) {
        if (!node.isUp()) {
            node.start();
        }
    }

    private void pause(SimulatedNode node) {
        if (node.isUp() && !node.isPaused()) {
            counts.add(Kind.PAUSES);
            node.pause();
            later(600, node::resume);
        }
    }

    private void split() {
        var order = new ArrayList<>(nodes);
        Collections.shuffle(order, new Random(random.nextLong()));
        var side = order.subList(0, 1 + random.nextInt(Math.max(1, nodes.size() / 2)));
        if (nodes.size() > 1) {
            counts.add(Kind.SPLITS);
            for (var one : side) {
                for (var other : nodes) {
                    if (!side.contains(other)) {
                        network.cut(one.id, other.id);
                        network.cut(other.id, one.id);
                    }
                }
            }
            later(700, network::heal);
        }
    }

    private void isolate(SimulatedNode node) {
        if (nodes.size() > 1) {
            counts.add(Kind.SPLITS);
            for (var other : nodes) {
                network.cut(node.id, other.id);
                network.cut(other.id, node.id);
            }
            later(700, () -> network.heal(node.id));
        }
    }

    /** The node hears the others and is not heard, or the other way round. */
    private void splitOneWay(SimulatedNode node) {
        if (nodes.size() > 1) {
            counts.add(Kind.ONE_WAY_SPLITS);
            var deaf = random.nextBoolean();
            for (var other : nodes) {
                if (deaf) {
                    network.cut(other.id, node.id);
                } else {
                    network.cut(node.id, other.id);
                }
            }
            later(700, network::heal);
        }
    }

    private void later(int millisMax, Runnable deed) {
        timeline.after(1 + random.nextInt(1_000 * Math.max(1, millisMax)), () -> {
            if (!stopped) {
                deed.run();
            }
        });
    }
}
