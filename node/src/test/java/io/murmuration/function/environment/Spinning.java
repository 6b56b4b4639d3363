package io.murmuration.function.environment;

import io.murmuration.function.environment.Isolation.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A process that starts a function's process, which never rests, says its number and waits to be killed. */
final class Spinning {
    private Spinning() {}

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[1]);
        var code = Files.createDirectories(folder.resolve("code"));
        var own = Files.createDirectories(folder.resolve("own"));
        var launch = new Launch(
                List.of("/bin/sh", "-c", "while :; do :; done"),
                code,
                own,
                folder.resolve("output"),
                Map.of("PATH", "/usr/bin:/bin"),
                128);
        var isolation = new ProcessIsolation(wrapping(arguments[0]), Optional.empty());
        isolation.start(launch).thenAccept(process -> System.out.println(process.pid()));
        Thread.sleep(Long.MAX_VALUE); // until it is killed
    }

    static Wrapping wrapping(String name) {
        var path = "/usr/bin:/bin";
        return switch (name) {
            case "bwrap" ->
                Isolations.bubblewrap(Isolations.program(path, "bwrap").orElseThrow(), List.of(), List.of());
            case "setpriv" ->
                new Wrapping.DeathSignal(Isolations.program(path, "setpriv").orElseThrow());
            case "sh" -> new Wrapping.Watched("/bin/sh");
            default -> throw new IllegalArgumentException(name);
        };
    }
}
