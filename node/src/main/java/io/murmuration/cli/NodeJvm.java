package io.murmuration.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a node's process is called: the same Java and the same jars as this command runs on.
 *
 * @param flags for the Java virtual machine, before the main class
 */
record NodeJvm(String java, List<String> flags, String mainClass) {
    /** Where the launcher keeps what makes starts faster; unset when the command was not started by it. */
    static final String CACHE_PROPERTY = "murmur.cache";

    /** Flags that a user adds for all nodes. */
    private static final String EXTRA_FLAGS = "MURMUR_NODE_JAVA_OPTS";

    private static final String NODE_MAIN = "io.murmuration.main.NodeMain";
    private static final int JDK_WITH_UNSAFE_SWITCH = 23;
    private static final int JDK_WITH_AOT_CACHE = 25;

    /** What nodes run on, using the cache of faster starts if there is one. */
    static NodeJvm ofThisProcess() {
        return of(cacheFile(), false);
    }

    /** A node that writes the cache when it ends. */
    static NodeJvm training() {
        return of(cacheFile(), true);
    }

    private static NodeJvm of(@Nullable Path cache, boolean training) {
        var jdk = Runtime.version().feature();
        // Several nodes share a laptop: a small heap, the collector with the smallest footprint, and one compiler. With
        // the second one a node
        // of three spent 3.7 s of processor time until it was ready instead of 2.4 s, and the demo wrote a third less
        // in its minute. For
        // long runs it pays: add -XX:TieredStopAtLevel=4 to the extra flags.
        var flags = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xms64m",
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED"));
        if (jdk >= JDK_WITH_UNSAFE_SWITCH) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        if (cache != null && training) {
            flags.add((jdk >= JDK_WITH_AOT_CACHE ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + cache);
        } else if (cache != null && Files.exists(cache)) {
            flags.add((jdk >= JDK_WITH_AOT_CACHE ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + cache);
            flags.add("-Xlog:disable"); // a cache of other jars is passed over; its complaint would stand in every log
        }
        var extra = System.getenv(EXTRA_FLAGS);
        if (extra != null && !extra.isBlank()) {
            flags.addAll(List.of(extra.strip().split("\\s+")));
        }
        flags.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return new NodeJvm(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), List.copyOf(flags), NODE_MAIN);
    }

    private static @Nullable Path cacheFile() {
        var folder = System.getProperty(CACHE_PROPERTY);
        return folder == null ? null : Path.of(folder, "node.cache");
    }

    List<String> command(Path dataFolder, int number) {
        var command = new ArrayList<String>();
        command.add(java);
        command.addAll(flags);
        command.addAll(List.of(mainClass, "--data", dataFolder.toString(), "--node", Integer.toString(number)));
        return command;
    }
}
