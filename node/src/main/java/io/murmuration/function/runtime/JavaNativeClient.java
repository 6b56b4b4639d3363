package io.murmuration.function.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The native part of Amazon's runtime interface client, unpacked once for all processes. Left to itself each process unpacks it to the same path below
 * {@code /tmp}, over what others have loaded or are about to.
 */
final class JavaNativeClient {
    private static final String PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
    private static final String LIBRARY = "libaws-lambda-jni";
    private static final Map<String, String> PROCESSORS = Map.of("amd64", "x86_64", "aarch64", "aarch_64");
    private static final Path MAPPED = Path.of("/proc/self/maps");

    private final Path folder;
    private @Nullable Path unpacked;

    /** @param folder that exists */
    JavaNativeClient(Path folder) {
        this.folder = folder;
    }

    /** What the JVM is told to find it; empty where the client has none for the machine, and says so itself. */
    synchronized Optional<String> argument() throws IOException {
        if (unpacked == null) {
            var name = name();
            try (var packed = JavaNativeClient.class.getClassLoader().getResourceAsStream("jni/" + name)) {
                if (packed == null) {
                    return Optional.empty();
                }
                var whole = folder.resolve(name);
                var unfinished = folder.resolve(name + ".unfinished");
                Files.copy(packed, unfinished, StandardCopyOption.REPLACE_EXISTING);
                unpacked = Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return Optional.of("-D" + PROPERTY + "=" + unpacked);
    }

    /** For the processor and the C library that this JVM runs on, which are those of the functions' JVMs. */
    private static String name() throws IOException {
        boolean isMusl = Files.exists(MAPPED) && Files.readString(MAPPED).contains("ld-musl");
        var processor = System.getProperty("os.arch");
        processor = PROCESSORS.getOrDefault(processor, processor);
        return LIBRARY + (isMusl ? ".linux_musl-" : ".linux-") + processor + ".so";
    }
}
