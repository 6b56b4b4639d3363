package io.murmuration.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What {@code murmur status} tells: a line for each node and, in the end, which groups nobody leads. */
record StatusReport(Path data, List<Line> nodes) {
    private static final List<String> HEADS = List.of("NODE", "STATE", "PID", "ENDPOINT", "LEADS", "LAG", "DISK");

    /** @param health empty if the node did not answer */
    record Line(
            int number,
            String state,
            Optional<Long> pid,
            String endpoint,
            Optional<NodeHealth> health,
            long diskBytes) {}

    static StatusReport of(LocalCluster cluster) {
        // Side by side: a paused node is waited for until it is given up.
        return new StatusReport(
                cluster.path(),
                cluster.nodes().parallelStream().map(StatusReport::line).toList());
    }

    private static Line line(LocalNode node) {
        var process = node.process();
        var health = process.isPresent() ? node.health() : Optional.<NodeHealth>empty();
        return new Line(
                node.number(),
                state(process, health),
                process.map(NodePid::pid),
                node.endpoint().toString(),
                health,
                diskBytes(node.path()));
    }

    static String state(Optional<NodePid> process, Optional<NodeHealth> health) {
        if (process.isEmpty()) {
            return "down";
        }
        if (process.get().isPaused()) {
            return "paused";
        }
        return health.map(answer -> answer.ready() ? "ready" : "not ready").orElse("no answer");
    }

    boolean anyReached() {
        return nodes.stream().anyMatch(line -> line.health().isPresent());
    }

    List<String> lines() {
        var rows = nodes.stream().map(StatusReport::row).toList();
        var lines = new ArrayList<>(Output.table(HEADS, rows));
        isolations()
                .forEach((words, numbers) ->
                        lines.add("Isolation of functions on node " + String.join(", ", numbers) + ": " + words + "."));
        var leaderless = leaderless();
        if (anyReached() && !leaderless.isEmpty()) {
            lines.add("Nobody leads the groups " + leaderless
                    + ": requests to them are refused until a majority of their nodes is back.");
        }
        return lines;
    }

    /** The nodes' numbers by what they say. */
    private SortedMap<String, List<String>> isolations() {
        return nodes.stream()
                .filter(line -> line.health().isPresent())
                .collect(Collectors.groupingBy(
                        line -> line.health().get().isolation(),
                        TreeMap::new,
                        Collectors.mapping(line -> Integer.toString(line.number()), Collectors.toList())));
    }

    private static List<String> row(Line line) {
        return List.of(
                Integer.toString(line.number()),
                line.state(),
                line.pid().map(pid -> Long.toString(pid)).orElse("-"),
                line.endpoint(),
                line.health()
                        .map(health -> Integer.toString(health.shardsLed()))
                        .orElse("-"),
                line.health().map(health -> Long.toString(health.lag())).orElse("-"),
                size(line.diskBytes()));
    }

    /** Groups that some node has a replica of and none that answers leads. */
    private SortedSet<Integer> leaderless() {
        var groups = new TreeSet<Integer>();
        nodes.forEach(
                line -> line.health().ifPresent(health -> health.groups().forEach(group -> groups.add(group.group()))));
        nodes.forEach(line -> line.health().ifPresent(health -> health.groups().stream()
                .filter(NodeHealth.Group::leads)
                .forEach(group -> groups.remove(group.group()))));
        return groups;
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("data", data.toString());
        json.put("nodes", nodes.stream().map(StatusReport::json).toList());
        json.put("groupsWithoutLeader", List.copyOf(leaderless()));
        return json;
    }

    private static Map<String, Object> json(Line line) {
        var json = new LinkedHashMap<String, Object>();
        json.put("node", line.number());
        json.put("state", line.state());
        line.pid().ifPresent(pid -> json.put("pid", pid));
        json.put("endpoint", line.endpoint());
        line.health().ifPresent(health -> {
            json.put("leads", health.shardsLed());
            json.put("lag", health.lag());
            json.put("isolation", health.isolation());
            json.put("groups", health.groups().stream().map(StatusReport::json).toList());
        });
        json.put("diskBytes", line.diskBytes());
        return json;
    }

    private static Map<String, Object> json(NodeHealth.Group group) {
        var json = new LinkedHashMap<String, Object>();
        json.put("group", group.group());
        json.put("role", group.role());
        json.put("leader", Long.toString(group.leader()));
        json.put("lag", group.lag());
        return json;
    }

    /** Files come and go under a running node; what is gone when it is looked at counts nothing. */
    private static long diskBytes(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.mapToLong(file -> {
                        try {
                            return Files.isRegularFile(file) ? Files.size(file) : 0;
                        } catch (IOException e) {
                            return 0;
                        }
                    })
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        var units = "KMGT";
        var amount = bytes / 1024.0;
        int unit = 0;
        while (amount >= 1024 && unit < units.length() - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", amount, units.charAt(unit));
    }
}
