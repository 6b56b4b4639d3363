package io.murmuration.cli.demo.site;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * A drawing of a bird in flight: the demo's photos. Colours are those of SVG.
 *
 * @param species as reports name it
 * @param body also the head
 * @param size of the bird in the picture, 1 as drawn
 * @param span how far the wings reach, 1 as drawn
 * @param fork how deep the tail is cut, 0 if it is not
 */
record Bird(
        String species, String body, String wing, String belly, String beak, double size, double span, double fork) {
    static final List<Bird> ALL = List.of(
            new Bird("European starling", "#2c2b3a", "#43405c", "#51606b", "#e6b33c", 0.85, 0.9, 0.1),
            new Bird("Canada goose", "#6b5844", "#4c3e30", "#d9cdb8", "#1f1d1c", 1.2, 1.15, 0),
            new Bird("Herring gull", "#f3f3ee", "#9fb0ba", "#ffffff", "#e0a32e", 1.05, 1.3, 0),
            new Bird("American kestrel", "#7a4f2e", "#5d3b22", "#ead9bd", "#3a3a36", 1.1, 1.2, 0),
            new Bird("Rock pigeon", "#6e7f91", "#a4b1bd", "#8b7a94", "#4a4a4a", 0.9, 0.95, 0),
            new Bird("Barn swallow", "#27406e", "#1d2f52", "#d98a52", "#22252b", 0.75, 1.05, 1));

    /** It flies to the right; far wing, tail, body, belly, beak, eye, near wing. */
    @SuppressWarnings("InlineFormatString") // it is a picture, not a sentence
    private static final String PICTURE = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" role="img" aria-label="%1$s">
              <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="#8fbbd9"/><stop offset="1" stop-color="#f4e3c8"/></linearGradient></defs>
              <rect width="400" height="300" fill="url(#sky)"/>
              <ellipse cx="95" cy="232" rx="150" ry="26" fill="#fff" opacity=".55"/>
              <ellipse cx="320" cy="60" rx="110" ry="18" fill="#fff" opacity=".45"/>
              <g transform="translate(200 165) scale(%6$s)">
                <path d="M16 -14Q2 -%9$s -52 -%7$sQ-44 -60 -36 -4Z" fill="%3$s" opacity=".75"/>
                <path d="M-62 4L-122 -14L-%10$s 10L-122 34L-60 22Z" fill="%3$s"/>
                <path d="M-78 12Q-40 -26 30 -22Q62 -40 84 -22Q94 -12 86 -2Q66 14 40 24Q-20 44 -78 12Z" fill="%2$s"/>
                <path d="M-60 20Q-10 42 40 24Q70 14 84 0Q40 12 -60 20Z" fill="%4$s"/>
                <path d="M88 -18L118 -7L87 -4Z" fill="%5$s"/>
                <circle cx="75" cy="-16" r="4.5" fill="#14181c"/><circle cx="76.5" cy="-17.5" r="1.4" fill="#fff"/>
                <path d="M28 -10Q34 -%8$s -26 -%7$sQ-44 -50 -34 4Q-4 14 28 -10Z" fill="%3$s"/>
              </g>
            </svg>
            """;

    String file() {
        return species.toLowerCase(Locale.ROOT).replace(' ', '-') + ".svg";
    }

    byte[] svg() {
        return String.format(
                        Locale.ROOT,
                        PICTURE,
                        species,
                        body,
                        wing,
                        belly,
                        beak,
                        size,
                        Math.round(110 * span),
                        Math.round(66 * span),
                        Math.round(84 * span),
                        Math.round(122 - 36 * fork))
                .getBytes(StandardCharsets.UTF_8);
    }
}
