package io.murmuration.edge.behaviour;

import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Which of the named things of a request count: CloudFront's none, whitelist, allExcept and all. Names compare as the case of their kind demands. */
public record Selection(Kind kind, List<String> names) {
    public static final Selection NONE = new Selection(Kind.NONE, List.of());
    public static final Selection ALL = new Selection(Kind.ALL, List.of());

    /** How the names are meant. */
    public enum Kind {
        NONE,
        LISTED,
        ALL_EXCEPT,
        ALL
    }

    public Selection {
        names = List.copyOf(names);
    }

    public static Selection of(String... names) {
        return listed(List.of(names));
    }

    /** The same; none if there is no name. */
    public static Selection listed(Collection<String> names) {
        return names.isEmpty() ? NONE : new Selection(Kind.LISTED, List.copyOf(names));
    }

    public static Selection allExcept(String... names) {
        return new Selection(Kind.ALL_EXCEPT, List.of(names));
    }

    boolean isNone() {
        return kind == Kind.NONE;
    }

    boolean takes(String name) {
        return switch (kind) {
            case NONE -> false;
            case LISTED -> names.contains(name);
            case ALL_EXCEPT -> !names.contains(name);
            case ALL -> true;
        };
    }

    /** The same with each name changed. */
    Selection map(UnaryOperator<String> change) {
        return new Selection(kind, names.stream().map(change).collect(Collectors.toUnmodifiableList()));
    }
}
