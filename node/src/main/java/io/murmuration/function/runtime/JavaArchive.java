package io.murmuration.function.runtime;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The classes of Amazon's runtime interface client, archived as the JVM loads them, which halves the processor time of a start. Made once, beside the
 * first Java function, by a client that finds nobody to ask for work and ends.
 *
 * <p>Failure: without an archive functions start all the same, only slower.
 */
final class JavaArchive {
    private static final Logger log = LoggerFactory.getLogger(JavaArchive.class);

    /** Below, the client ended before it had loaded what a function needs. */
    private static final long USEFUL_BYTES_MIN = 2 << 20;

    /** Any method of the JDK's own with one parameter. */
    private static final String HANDLER = "java.util.ArrayList::contains";

    private static final Map<String, String> VARIABLES = Map.of(
            "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:1",
            "AWS_LAMBDA_FUNCTION_NAME", "archive",
            "AWS_LAMBDA_FUNCTION_VERSION", "1",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128",
            "AWS_LAMBDA_LOG_GROUP_NAME", "archive",
            "AWS_LAMBDA_LOG_STREAM_NAME", "archive",
            "AWS_REGION", "us-east-1",
            "_HANDLER", HANDLER);

    private final Path file;
    private final Path arguments;
    private boolean begun;

    /** @param folder that exists */
    JavaArchive(Path folder) {
        this.file = folder.resolve("java.jsa");
        this.arguments = folder.resolve("java.args");
    }

    /**
     * What the JVM is told to use it: a file of arguments, which is empty until there is an archive. The first call begins to make it.
     *
     * @param java program and flags that the archive is made with
     * @param client arguments that run a handler whose name is appended
     * @throws IOException if the file of arguments cannot be written
     */
    synchronized String argument(List<String> java, List<String> client) throws IOException {
        if (!begun) {
            begun = true;
            Files.writeString(arguments, "");
            make(java, client);
        }
        return "@" + arguments;
    }

    private void make(List<String> java, List<String> command) {
        var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        var whole = new ArrayList<>(java);
        whole.add("-XX:ArchiveClassesAtExit=" + unfinished);
        whole.addAll(command);
        whole.add(HANDLER);
        var builder = new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(VARIABLES);
        try {
            var unused = builder.start().onExit().thenAccept(ended -> keep(unfinished));
        } catch (IOException failure) {
            log.info("The classes of Java functions could not be archived; they start slower.", failure);
        }
    }

    private void keep(Path unfinished) {
        try {
            if (Files.exists(unfinished) && Files.size(unfinished) >= USEFUL_BYTES_MIN) {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
                // only of a file that is there: a missing one switches off the archive of the JDK's own classes too
                var told = file.resolveSibling("java.args.unfinished");
                Files.writeString(told, "\"-XX:SharedArchiveFile=" + file + "\"\n-Xlog:disable\n");
                Files.move(told, arguments, StandardCopyOption.ATOMIC_MOVE);
            } else {
                log.info("The classes of Java functions could not be archived; they start slower.");
            }
        } catch (IOException failure) {
            log.info("The classes of Java functions could not be archived; they start slower.", failure);
        }
    }
}
