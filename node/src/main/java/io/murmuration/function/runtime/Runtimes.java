package io.murmuration.function.runtime;

import io.murmuration.protocol.function.FunctionConfiguration;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The programs that run functions, found on the path of this process. Versions are not told apart: a function for {@code nodejs20.x} runs on the
 * Node.js that is there.
 */
public final class Runtimes {
    private static final String NODE_BOOTSTRAP = "bootstrap.mjs";
    private static final String PYTHON_BOOTSTRAP = "bootstrap.py";
    private static final String OWN_BOOTSTRAP = "bootstrap";

    /** As much of the first line as Linux reads. */
    private static final int INTERPRETER_BYTES_MAX = 256;

    private final Programs programs;
    private final Path bootstraps;
    private final JavaRuntime java;

    private Runtimes(String path, Path bootstraps) {
        this.programs = new Programs(path);
        this.bootstraps = bootstraps;
        this.java = new JavaRuntime(bootstraps);
    }

    /**
     * Writes the bootstraps of Node.js and Python into a folder.
     *
     * @param path folders with programs, as in the environment variable PATH
     */
    public static Runtimes prepare(String path, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var bootstrap : List.of(NODE_BOOTSTRAP, PYTHON_BOOTSTRAP)) {
            try (var from = Runtimes.class.getResourceAsStream(bootstrap)) {
                if (from == null) {
                    throw new FileNotFoundException("this program's file " + bootstrap);
                }
                Files.copy(from, folder.resolve(bootstrap), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return new Runtimes(path, folder.toAbsolutePath());
    }

    /** What functions get as PATH. */
    String path() {
        return programs.path();
    }

    Path folder() {
        return bootstraps;
    }

    /**
     * The command that runs a function's code.
     *
     * @throws RuntimeMissingException if there is no such program here, or the code lacks its bootstrap
     * @throws IOException if the folder of bootstraps cannot be written
     */
    public List<String> command(FunctionConfiguration function, Path taskRoot)
            throws RuntimeMissingException, IOException {
        var runtime = function.runtime();
        if (runtime.startsWith("nodejs")) {
            return List.of(
                    program(runtime, "node", List.of("-p", "process.execPath")),
                    bootstraps.resolve(NODE_BOOTSTRAP).toString());
        }
        if (runtime.startsWith("python")) {
            return List.of(
                    program(runtime, "python3", List.of("-c", "import sys; print(sys.executable)")),
                    "-u",
                    bootstraps.resolve(PYTHON_BOOTSTRAP).toString());
        }
        if (runtime.startsWith("java")) {
            return java.command(function.handler(), function.memoryMegabytes());
        }
        if (runtime.startsWith("provided")) {
            var bootstrap = taskRoot.resolve(OWN_BOOTSTRAP);
            if (!Files.isRegularFile(bootstrap)) {
                throw new RuntimeMissingException(
                        "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]");
            }
            if (!Files.isExecutable(bootstrap)) {
                throw new RuntimeMissingException("fork/exec /var/task/bootstrap: permission denied");
            }
            if (lacksInterpreter(bootstrap)) {
                throw new RuntimeMissingException("fork/exec /var/task/bootstrap: no such file or directory");
            }
            return List.of(bootstrap.toString());
        }
        throw new RuntimeMissingException("This node cannot run functions of the runtime " + runtime + ".");
    }

    /** A script names the program that runs it in its first line. */
    private static boolean lacksInterpreter(Path script) {
        try (var bytes = Files.newInputStream(script)) {
            var head = new String(bytes.readNBytes(INTERPRETER_BYTES_MAX), StandardCharsets.ISO_8859_1);
            var line = head.lines().findFirst().orElse("");
            return line.startsWith("#!")
                    && !Files.isExecutable(Path.of(line.substring(2).strip().split("\\s+", 2)[0]));
        } catch (IOException | InvalidPathException unreadable) {
            return true;
        }
    }

    private String program(String runtime, String name, List<String> question) throws RuntimeMissingException {
        return programs.find(name, question)
                .orElseThrow(() -> new RuntimeMissingException("This node has no program for the runtime " + runtime
                        + ": install " + name + " where the node's PATH finds it."));
    }
}
