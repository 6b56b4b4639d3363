package io.murmuration.main;

import java.util.Optional;

/** What this build calls itself. */
final class Version {
    /** From the jar's manifest; "development" where the classes are not in a jar. */
    static final String CURRENT = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("development");

    private Version() {}
}
