package io.murmuration.cli.demo.site;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;

/**
 * What functions can be written in on this machine, besides Java.
 *
 * @param node whether there is a Node.js
 * @param python whether there is a Python 3
 */
public record Languages(boolean node, boolean python) {
    public static final Languages JAVA_ALONE = new Languages(false, false);

    /** @param path folders with programs, as in the environment variable PATH; the nodes have the same */
    public static Languages on(String path) {
        return new Languages(isOn(path, "node"), isOn(path, "python3"));
    }

    private static boolean isOn(String path, String program) {
        return Pattern.compile(":")
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .anyMatch(file -> Files.isRegularFile(file) && Files.isExecutable(file));
    }

    String words() {
        if (node && python) {
            return "Node.js, Python and Java";
        }
        return (node ? "Node.js and " : python ? "Python and " : "") + "Java";
    }

    /** A function's code in the language that it is written in here. */
    record Code(String runtime, String handler, SdkBytes zip) {}

    Code api() {
        return node ? script("nodejs22.x", "api.handler", "api.mjs", "tables.mjs") : java("SiteApi");
    }

    Code counter() {
        return java("StrikeCounter");
    }

    Code photoNoter() {
        return python ? script("python3.13", "photo.handler", "photo.py") : java("PhotoNoter");
    }

    Code eventNoter() {
        return node ? script("nodejs22.x", "event.handler", "event.mjs", "tables.mjs") : java("EventNoter");
    }

    private static Code script(String runtime, String handler, String... files) {
        return new Code(runtime, handler, SdkBytes.fromByteArrayUnsafe(CodeZip.ofScripts(files)));
    }

    private static Code java(String type) {
        return new Code(
                "java21",
                "io.murmuration.cli.demo.functions." + type + "::handle",
                SdkBytes.fromByteArrayUnsafe(CodeZip.ofJava()));
    }
}
