package io.murmuration.cli.demo.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The files of the page, and of the functions that are scripts. */
final class SiteFiles {
    /** The page's, with their types. */
    static final Map<String, String> PAGE = Map.of(
            "index.html", "text/html; charset=utf-8",
            "site.css", "text/css; charset=utf-8",
            "site.js", "text/javascript; charset=utf-8");

    private SiteFiles() {}

    /** @param name beside this class, or from the root of the class path if it begins with a slash */
    static byte[] read(String name) {
        try (var resource = SiteFiles.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException(name + " is missing from the jar");
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
