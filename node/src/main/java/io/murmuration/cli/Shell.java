package io.murmuration.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Short commands of the system. */
final class Shell {
    private Shell() {}

    /** What the command printed on its standard output, empty if it failed. */
    static String answer(String... command) {
        try {
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("LC_ALL", "C");
            builder.environment().put("TZ", "UTC"); // a start that ps tells stays the same wherever it is asked
            var process = builder.start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? text : "";
        } catch (IOException e) {
            throw CommandFailed.failed("The command " + command[0] + " cannot be run: " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailed.failed("Interrupted.");
        }
    }

    /** Sends a signal such as {@code STOP}; false if there is no such process. The shell's own {@code kill} is everywhere, the program is not. */
    static boolean signal(String name, long pid) {
        return answer("sh", "-c", "kill -" + name + " " + pid + " && echo sent").startsWith("sent");
    }
}
