package io.murmuration.cli.demo.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the site is made without a cluster. */
class SiteTest {
    @Test
    void a_second_site_has_names_of_its_own() {
        assertThat(SiteNames.free(Set.of()).strikes()).isEqualTo("strikes");
        assertThat(SiteNames.free(Set.of("strikes")).bucket()).isEqualTo("bird-strikes-2");
        assertThat(SiteNames.free(Set.of("strikes", "bird-strikes-2")).suffix()).isEqualTo("-3");
    }

    @Test
    void a_page_is_reached_by_name_and_by_path() {
        var site = new Site(new SiteNames(""), "abc", "E1A");
        var node = URI.create("http://127.0.0.1:4566");

        assertThat(site.page(node)).hasToString("http://e1a.cloudfront.localhost:4566/");
        assertThat(site.pageByPath(node)).hasToString("http://127.0.0.1:4566/_aws/cloudfront/E1A/");
        assertThat(site.api(node, "/counts")).hasToString("http://127.0.0.1:4566/_aws/execute-api/abc/counts");
    }

    @Test
    void functions_are_written_in_what_there_is(@TempDir Path folder) throws IOException {
        var node = Files.createFile(folder.resolve("node"));

        assertThat(Languages.on(folder.toString())).isEqualTo(Languages.JAVA_ALONE);
        assertThat(node.toFile().setExecutable(true)).isTrue();
        assertThat(Languages.on("/nowhere:" + folder)).isEqualTo(new Languages(true, false));

        assertThat(Languages.JAVA_ALONE.words()).isEqualTo("Java");
        assertThat(new Languages(true, true).words()).isEqualTo("Node.js, Python and Java");
        assertThat(Languages.JAVA_ALONE.api().runtime()).isEqualTo("java21");
        assertThat(new Languages(true, true).counter().runtime()).isEqualTo("java21");
    }

    @Test
    void every_drawing_is_a_picture() {
        for (var bird : Bird.ALL) {
            assertThatCode(() -> DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new ByteArrayInputStream(bird.svg())))
                    .as(bird.species())
                    .doesNotThrowAnyException();
            assertThat(bird.file()).matches("[a-z-]+\\.svg");
        }
    }
}
