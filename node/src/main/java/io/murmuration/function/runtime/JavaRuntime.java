package io.murmuration.function.runtime;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Java functions: Amazon's own runtime interface client, on the Java that this process runs on. Its jars are on this process's class path, and alone on
 * the function's, which its client extends by the code.
 */
final class JavaRuntime {
    private static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /** One class of each jar that the client needs. */
    private static final List<String> CLASSES = List.of(
            MAIN,
            "com.amazonaws.services.lambda.runtime.Context",
            "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
            "software.amazon.awssdk.utilslite.SdkInternalThreadLocal");

    /** As Lambda leaves to what is not heap. */
    private static final double HEAP_PART = 0.85;

    private static final int JDK_WITH_NATIVE_ACCESS_FLAG = 22;

    private final JavaArchive archive;
    private final JavaNativeClient nativeClient;

    /** @param folder of what all functions see */
    JavaRuntime(Path folder) {
        this.archive = new JavaArchive(folder);
        this.nativeClient = new JavaNativeClient(folder);
    }

    /** @param memoryMegabytes the function's memory size */
    List<String> command(String handler, int memoryMegabytes) throws RuntimeMissingException, IOException {
        var java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        if (Runtime.version().feature() >= JDK_WITH_NATIVE_ACCESS_FLAG) {
            java.add("--enable-native-access=ALL-UNNAMED");
        }
        nativeClient.argument().ifPresent(java::add);
        var client = List.of("-cp", classPath(), MAIN);
        var command = new ArrayList<>(java);
        command.add("-Xmx" + (long) (memoryMegabytes * HEAP_PART) + "m");
        command.add(archive.argument(java, client));
        command.addAll(client);
        command.add(handler);
        return command;
    }

    private static String classPath() throws RuntimeMissingException {
        var jars = new ArrayList<String>();
        for (var name : CLASSES) {
            jars.add(jar(name)
                    .orElseThrow(() -> new RuntimeMissingException(
                            "This node was built without Amazon's runtime interface client for Java: " + name)));
        }
        return String.join(":", jars);
    }

    private static Optional<String> jar(String className) {
        var found = JavaRuntime.class.getClassLoader().getResource(className.replace('.', '/') + ".class");
        if (found == null || !found.getProtocol().equals("jar")) {
            return Optional.empty();
        }
        var inside = found.getPath(); // file:/path/of.jar!/name
        return Optional.of(
                Path.of(URI.create(inside.substring(0, inside.indexOf('!')))).toString());
    }
}
