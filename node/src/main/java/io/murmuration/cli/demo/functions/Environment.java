package io.murmuration.cli.demo.functions;

/** The variables that a function finds. */
final class Environment {
    private Environment() {}

    /** @throws IllegalStateException if there is none of that name */
    static String variable(String name) {
        var value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException("The environment variable " + name + " is missing.");
        }
        return value;
    }
}
