package io.murmuration.main;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the process is called with.
 *
 * @param data the cluster's data folder
 * @param node the node's number, from 1
 */
record NodeArguments(Path data, int node) {
    static final String USAGE = "Usage: NodeMain --data DIR --node N";

    /** @throws IllegalArgumentException with a sentence for the caller */
    static NodeArguments of(String... arguments) {
        @Nullable Path data = null;
        int node = 0;
        for (int at = 0; at < arguments.length; at += 2) {
            if (at + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[at] + " needs a value. " + USAGE);
            }
            switch (arguments[at]) {
                case "--data" -> data = Path.of(arguments[at + 1]);
                case "--node" -> node = number(arguments[at + 1]);
                default -> throw new IllegalArgumentException("Unknown argument " + arguments[at] + ". " + USAGE);
            }
        }
        if (data == null || node == 0) {
            throw new IllegalArgumentException(USAGE);
        }
        return new NodeArguments(data, node);
    }

    private static int number(String text) {
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("--node needs a number from 1, not " + text + ".", notANumber);
        }
        throw new IllegalArgumentException("--node needs a number from 1, not " + text + ".");
    }
}
