package io.murmuration.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the processes of a comparison are started: all on the Java, the jars and the flags that this class names. */
final class Jvm {
    /** The nodes' collector, but both compilers: a comparison outlives the second one's warm-up. */
    static final String COLLECTOR = "-XX:+UseSerialGC";

    private static final int JDK_WITH_UNSAFE_SWITCH = 23;

    private Jvm() {}

    /** A process that runs the class; what it complains of stands with our own complaints. */
    static ProcessBuilder running(Class<?> main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(COLLECTOR, "--enable-native-access=ALL-UNNAMED"));
        if (Runtime.version().feature() >= JDK_WITH_UNSAFE_SWITCH) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // else it complains of Pekko
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Kills the process and waits until it is gone, with whatever it had open. */
    static void end(Process process) {
        process.destroyForcibly().onExit().join();
    }
}
