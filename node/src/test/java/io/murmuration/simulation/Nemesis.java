package io.murmuration.simulation;

import io.murmuration.simulation.Counts.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes trouble until it is told to stop, and then puts everything right again. */
final class Nemesis {
    private final Timeline timeline;
    private final RandomGenerator random;
    private final Scenario scenario;
    private final Network network;
    private final List<SimulatedNode> nodes;
    private final Counts counts;
    private @Nullable SimulatedNode buried;
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
        if (scenario.buries()) {
            later(4_000, this::bury);
        }
        troubleLater();
    }

    private void troubleLater() {
        later(scenario.troubleMillis(), () -> {
            trouble();
            troubleLater();
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
            node.setClockPercent(100);
            startIfDown(node);
        }
    }

    /** Whether this node is down for good. */
    boolean isBuried(SimulatedNode node) {
        return node == buried;
    }

    boolean hasBuried() {
        return buried != null;
    }

    /** A minority at most is down or damaged: damage is not cured while anybody is down. */
    private void bury() {
        var node = nodes.get(random.nextInt(nodes.size()));
        if (lostBeside(node) + 1 > (nodes.size() - 1) / 2) {
            later(500, this::bury);
            return;
        }
        counts.add(Kind.BURIALS);
        buried = node;
        if (node.isUp()) {
            node.stop();
        }
    }

    private long lostBeside(SimulatedNode node) {
        return nodes.stream()
                .filter(each -> each != node && (each == buried || each.disk.isDamaged()))
                .count();
    }

    private void trouble() {
        var node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(21)) {
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
            case 12, 17, 18 ->
                nodes.stream().filter(SimulatedNode::isServing).findFirst().ifPresent(this::forgetTheSuccessor);
            case 13, 19, 20 ->
                nodes.stream().filter(SimulatedNode::isServing).findFirst().ifPresent(this::crashAmongTheDeaf);
            case 14 -> damageAndEcho(node);
            case 15 -> {
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
        if (node.isUp() && lostBeside(node) < (nodes.size() - 1) / 2) {
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

    /**
     * A leader is cut off and its clock is slow. Once the others have elected another, one of them loses what it promised to that one, and comes back
     * on the old leader's side: it must not be cured there.
     */
    private void forgetTheSuccessor(SimulatedNode leader) {
        counts.add(Kind.SPLITS);
        cutOff(leader);
        leader.setClockPercent(10);
        timeline.after(450_000, () -> {
            var others = nodes.stream()
                    .filter(each -> each != leader && each.isUp() && !each.isServing())
                    .toList();
            if (stopped || others.isEmpty()) {
                return;
            }
            var loser = others.get(random.nextInt(others.size()));
            cutOff(loser);
            damage(loser);
            startIfDown(loser);
            network.join(loser.id, leader.id);
        });
        timeline.after(1_000_000, () -> {
            leader.setClockPercent(100);
            network.heal();
        });
    }

    /**
     * Half of the others no longer hear the leader. Then it stops and comes back while those are gone that heard it, or those stop and come back
     * while it is gone: what did each promise that it had not written?
     */
    private void crashAmongTheDeaf(SimulatedNode leader) {
        var others = new ArrayList<>(nodes);
        others.remove(leader);
        if (others.isEmpty()) {
            return;
        }
        Collections.shuffle(others, new Random(random.nextLong()));
        var deaf = others.subList(0, others.size() / 2);
        var hearing = others.subList(others.size() / 2, others.size());
        deaf.forEach(each -> network.cut(leader.id, each.id));
        var leaderStops = random.nextBoolean();
        whenWriting(leaderStops ? leader : hearing.getFirst(), 30, () -> {
            counts.add(Kind.SPLITS);
            if (leaderStops) {
                hearing.forEach(this::cutOff);
                deaf.forEach(each -> network.join(leader.id, each.id));
                crash(leader, 50);
            } else {
                hearing.forEach(each -> crash(each, 50));
                timeline.after(10_000, () -> cutOff(leader));
            }
            timeline.after(900_000, network::heal);
        });
    }

    /** Soon after it has begun to write entries, if it does. */
    private void whenWriting(SimulatedNode node, int tries, Runnable deed) {
        timeline.after(5_000, () -> {
            if (node.isWriting() || tries == 0) {
                later(15, deed);
            } else {
                whenWriting(node, tries - 1, deed);
            }
        });
    }

    private void cutOff(SimulatedNode node) {
        for (var other : nodes) {
            network.cut(node.id, other.id);
            network.cut(other.id, node.id);
        }
    }

    /** It loses what it promised, is back at once, and what it said last arrives again. */
    private void damageAndEcho(SimulatedNode node) {
        network.echo(node.id);
        damage(node);
        startIfDown(node);
    }

    private void startIfDown(SimulatedNode node) {
        if (!node.isUp() && node != buried) {
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
            cutOff(node);
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
