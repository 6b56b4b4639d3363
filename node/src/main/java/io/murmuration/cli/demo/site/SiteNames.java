package io.murmuration.cli.demo.site;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What the demo calls its resources.
 *
 * @param suffix empty, or {@code -2} and so on where a demo ran before
 */
public record SiteNames(String suffix) {
    public String strikes() {
        return "strikes" + suffix;
    }

    public String counts() {
        return "species-counts" + suffix;
    }

    String photos() {
        return "strike-photos" + suffix;
    }

    public String events() {
        return "strike-events" + suffix;
    }

    public String bucket() {
        return "bird-strikes" + suffix;
    }

    String api() {
        return "strikes-api" + suffix;
    }

    String counter() {
        return "strikes-counter" + suffix;
    }

    String photoNoter() {
        return "strikes-photo" + suffix;
    }

    public String eventNoter() {
        return "strikes-event" + suffix;
    }

    private List<String> all() {
        return List.of(strikes(), counts(), photos(), events(), bucket(), api(), counter(), photoNoter(), eventNoter());
    }

    /** The first names of which none is taken. */
    static SiteNames free(Set<String> taken) {
        return Stream.concat(
                        Stream.of(""),
                        IntStream.iterate(2, number -> number + 1).mapToObj(number -> "-" + number))
                .map(SiteNames::new)
                .filter(names -> names.all().stream().noneMatch(taken::contains))
                .findFirst()
                .orElseThrow();
    }
}
