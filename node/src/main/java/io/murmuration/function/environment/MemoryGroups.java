package io.murmuration.function.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the memory of processes by control groups, of version 1 or 2, below the group of this process. Any thread.
 *
 * <p>Failure: a group that cannot be removed yet, because the kernel still ends what was in it, is removed with a later one. Those of a node that was
 * killed are removed by the next one that starts.
 */
final class MemoryGroups {
    private static final Logger log = LoggerFactory.getLogger(MemoryGroups.class);
    private static final String PREFIX = "murmuration-";
    private static final long MEGABYTE = 1 << 20;
    private static final int WAITING_MAX = 1000;

    /** Only a process that is about to become the function's enters: whatever the function starts is in the group. */
    private static final String ENTER = "echo $$ > \"$0\" && exec \"$@\"";

    /** One process may hold several nodes. */
    private static final AtomicLong FOUND = new AtomicLong();

    private final Path folder;
    private final Version names;
    private final AtomicLong made = new AtomicLong();
    private final Queue<Group> waiting = new ConcurrentLinkedQueue<>();

    /** What the files of a version are called. */
    private enum Version {
        FIRST("v1", "memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.max_usage_in_bytes"),
        SECOND("v2", "memory.max", "memory.swap.max", "memory.peak");

        private final String word;
        private final String limit;
        /** May be missing. */
        private final String swap;

        private final String peak;

        Version(String word, String limit, String swap, String peak) {
            this.word = word;
            this.limit = limit;
            this.swap = swap;
            this.peak = peak;
        }
    }

    private MemoryGroups(Path folder, Version names) {
        this.folder = folder;
        this.names = names;
    }

    /**
     * Empty if this process may not make groups with a bound.
     *
     * @param root where control groups are mounted
     * @param memberships as in {@code /proc/self/cgroup}
     * @param pid of this process
     */
    static Optional<MemoryGroups> detect(Path root, List<String> memberships, long pid) {
        for (var membership : memberships) {
            var parts = membership.split(":", 3);
            if (parts.length < 3) {
                continue;
            }
            var first = List.of(parts[1].split(",")).contains("memory");
            var mount = first ? root.resolve("memory") : root;
            if (first || parts[1].isEmpty()) {
                var own = mount.resolve(parts[2].substring(1));
                var found = usable(own, first ? Version.FIRST : Version.SECOND, pid);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<MemoryGroups> usable(Path own, Version names, long pid) {
        var folder = own.resolve(PREFIX + pid + "-" + FOUND.getAndIncrement());
        try {
            removeOrphans(own);
            Files.createDirectory(folder);
            if (names == Version.SECOND && Files.exists(folder.resolve(names.limit))) {
                Files.writeString(folder.resolve("cgroup.subtree_control"), "+memory");
            }
            var groups = new MemoryGroups(folder, names);
            groups.create(1).remove();
            return Optional.of(groups);
        } catch (IOException notAllowed) {
            log.debug("No control groups can be made here. folder={}", folder, notAllowed);
            return Optional.empty();
        }
    }

    private static void removeOrphans(Path own) throws IOException {
        try (var groups = Files.newDirectoryStream(own, PREFIX + "*")) {
            for (var group : groups) {
                var pid = Objects.requireNonNull(group.getFileName())
                        .toString()
                        .substring(PREFIX.length())
                        .split("-", 2)[0];
                if (pid.matches("[0-9]{1,18}")
                        && ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
                    try (var children = Files.newDirectoryStream(group, Files::isDirectory)) {
                        for (var child : children) {
                            kill(child);
                            delete(child);
                        }
                    }
                    delete(group);
                }
            }
        }
    }

    /** A group that holds nothing yet. */
    Group create(int megabytes) throws IOException {
        for (int tries = waiting.size(); tries > 0; tries--) {
            var again = waiting.poll();
            if (again != null) {
                again.remove();
            }
        }
        var group = Files.createDirectory(folder.resolve("environment-" + made.getAndIncrement()));
        try {
            Files.writeString(group.resolve(names.limit), Long.toString(megabytes * MEGABYTE));
            var swap = group.resolve(names.swap);
            if (Files.isWritable(swap)) {
                // the first version counts memory and swap together
                Files.writeString(swap, Long.toString(names == Version.FIRST ? megabytes * MEGABYTE : 0));
            }
        } catch (IOException failure) {
            delete(group);
            throw failure;
        }
        return new Group(group);
    }

    String words() {
        return "memory is bounded by control groups " + names.word;
    }

    private static void kill(Path group) {
        try {
            for (var pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (IOException gone) {
            log.debug("A function's control group was gone before its processes were killed. group={}", group, gone);
        }
    }

    private static boolean delete(Path group) {
        try {
            return Files.deleteIfExists(group);
        } catch (IOException busy) {
            return false;
        }
    }

    /** The group of one process and all that it starts. */
    final class Group {
        private final Path path;

        private Group(Path path) {
            this.path = path;
        }

        /** What a command begins with to run in the group. */
        List<String> entering() {
            return List.of("/bin/sh", "-c", ENTER, path.resolve("cgroup.procs").toString());
        }

        void kill() {
            MemoryGroups.kill(path);
        }

        /** Kills what is left in it, and removes it. */
        void remove() {
            kill();
            if (!delete(path) && Files.exists(path) && waiting.size() < WAITING_MAX) {
                waiting.add(this);
            }
        }

        OptionalLong peakMegabytes() {
            try {
                var bytes = Files.readString(path.resolve(names.peak)).strip();
                return OptionalLong.of(Math.ceilDiv(Long.parseLong(bytes), MEGABYTE));
            } catch (IOException absent) {
                log.debug("A function's control group does not tell its peak. group={}", path, absent);
                return OptionalLong.empty();
            }
        }
    }
}
