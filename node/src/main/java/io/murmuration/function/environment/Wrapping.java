package io.murmuration.function.environment;

import io.murmuration.function.environment.Isolation.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program that starts a function's process in its place, to isolate it and to end it with this process. */
sealed interface Wrapping {
    List<String> command(Launch launch);

    /** What ends the process when its own input ends without a line; empty if nothing of the kind is needed. */
    default List<String> watchdog(long pid) {
        return List.of();
    }

    String words();

    /**
     * Namespaces of its own for processes, and a file system that is read-only but for its own /tmp; other environments and the node's data are not in
     * it. All of it ends with the thread that started it: see {@link ForkingThread}.
     *
     * @param hidden folders that the process shall not see
     * @param shown folders that it sees nevertheless
     */
    record Bubblewrap(String program, List<String> hidden, List<String> shown) implements Wrapping {
        @Override
        public List<String> command(Launch launch) {
            var command = new ArrayList<>(List.of(
                    program,
                    "--die-with-parent",
                    "--new-session",
                    "--unshare-pid",
                    "--unshare-ipc",
                    "--unshare-uts",
                    "--cap-drop",
                    "ALL",
                    "--ro-bind",
                    "/",
                    "/",
                    "--dev",
                    "/dev",
                    "--proc",
                    "/proc",
                    // sockets of the machine's services lie here, and they answer even through a read-only file system
                    "--tmpfs",
                    "/run",
                    "--ro-bind-try",
                    "/run/systemd/resolve",
                    "/run/systemd/resolve",
                    "--bind",
                    launch.folder().toString(),
                    "/tmp"));
            hidden.forEach(folder -> command.addAll(List.of("--tmpfs", folder)));
            shown.forEach(folder -> command.addAll(List.of("--ro-bind-try", folder, folder)));
            // the runtime's own files, where the node itself is installed below a folder that is replaced here
            launch.command().stream()
                    .flatMap(word -> Stream.of(word.split(":")))
                    .filter(path -> path.startsWith("/tmp/") || path.startsWith("/run/"))
                    .distinct()
                    .forEach(path -> command.addAll(List.of("--ro-bind-try", path, path)));
            var code = launch.taskRoot().toString();
            command.addAll(List.of("--ro-bind", code, code, "--chdir", code, "--"));
            command.addAll(launch.command());
            return command;
        }

        @Override
        public String words() {
            return "bubblewrap (processes of its own, /tmp of its own, everything else read-only; the network is shared)";
        }
    }

    /** The kernel kills the process when the thread that started it ends; what the process started itself may outlive it. */
    record DeathSignal(String program) implements Wrapping {
        @Override
        public List<String> command(Launch launch) {
            var command = new ArrayList<>(List.of(program, "--pdeathsig", "KILL", "--"));
            command.addAll(launch.command());
            return command;
        }

        @Override
        public String words() {
            return "none (plain processes, which end with the node; install bubblewrap to isolate them)";
        }
    }

    /**
     * A shell beside the process waits for a line, and kills the process if its input ends without one, which it does with this process; what the
     * function's process started itself may outlive it. A process of its own, because the input of the function's ends with that.
     */
    record Watched(String shell) implements Wrapping {
        @Override
        public List<String> command(Launch launch) {
            return launch.command();
        }

        @Override
        public List<String> watchdog(long pid) {
            return List.of(shell, "-c", "read line || kill -9 " + pid);
        }

        @Override
        public String words() {
            return "none (plain processes, each with a watchdog that ends it with the node)";
        }
    }

    /** Nothing: a node that is killed leaves what is busy behind. */
    record Plain() implements Wrapping {
        @Override
        public List<String> command(Launch launch) {
            return launch.command();
        }

        @Override
        public String words() {
            return "none (plain processes; those that are busy outlive a node that is killed)";
        }
    }
}
