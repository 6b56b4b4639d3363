package io.murmuration.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.typesafe.config.ConfigFactory;
import io.murmuration.FreePorts;
import io.murmuration.base.Clock;
import io.murmuration.cli.ClusterStart;
import io.murmuration.cli.Deadline;
import io.murmuration.cli.LocalCluster;
import io.murmuration.cli.LocalNode;
import io.murmuration.cli.demo.site.Languages;
import io.murmuration.cli.demo.site.Site;
import io.murmuration.cli.demo.site.SiteDeployment;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's site on a real node: deployed by the AWS SDK, seen in a real browser. */
class SiteIT {
    /** Names the file to which the browser's test writes a picture of the page; then it shows all reports. */
    private static final String PICTURE = "murmuration.picture";

    private static final int REPORTS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static LocalCluster cluster;
    private static Clients clients;
    private static SiteDeployment deployment;

    @BeforeAll
    static void start(@TempDir Path folder) {
        cluster = new ClusterStart(folder.resolve("data"), 1, FreePorts.row(1)).run(line -> {});
        clients = new Clients(List.of(endpoint()));
        deployment = new SiteDeployment(clients.deploying(), line -> {});
    }

    @AfterAll
    static void stop() {
        clients.close();
        cluster.nodes().forEach(LocalNode::kill);
    }

    @Test
    void a_report_posted_through_the_page_changes_the_counts_that_it_shows(@TempDir Path profile) throws Exception {
        assumeThat(Browser.chromium().isPresent() && Browser.itsDriver().isPresent())
                .withFailMessage("Neither seen nor clicked: chromium and chromedriver are not both on the PATH.")
                .isTrue();
        var picture = System.getProperty(PICTURE);
        var site = deployment.deploy();
        var table = new StrikeTable(site.names().strikes());
        var reports = picture == null ? StrikeReport.readAll().subList(0, REPORTS) : StrikeReport.readAll();
        new Load(reports).run(batch -> table.write(clients.at(0), batch));
        int photos = deployment.putPhotos(site);

        try (var browser = Browser.open(profile)) {
            browser.go(site.page(endpoint()).toString());
            browser.awaitText("total", String.format(Locale.ROOT, "%,d", reports.size()));
            assertThat(browser.await(() -> browser.all("#gallery img").size() == photos))
                    .isTrue();
            assertThat(browser.await(
                            () -> browser.run("return [...document.images].every(image => image.naturalWidth > 0)")
                                    .equals("true")))
                    .isTrue();
            browser.awaitText("edge", "point of presence LHR1, 0 km from you");

            browser.type("kind", "Northern lapwing");
            browser.type("airport", "Heathrow");
            browser.type("note", "No damage");
            browser.press("#report button");

            browser.awaitText("said", "The report of a Northern lapwing at Heathrow is stored.");
            browser.awaitText("total", String.format(Locale.ROOT, "%,d", reports.size() + 1));
            assertThat(browser.await(() -> !browser.all("tr[data-species='Northern lapwing'][data-strikes='1']")
                            .isEmpty()))
                    .isTrue();
            assertThat(browser.complaints()).isEmpty();
            if (picture != null) {
                browser.picture(Path.of(picture));
            }
        }
    }

    @Test
    void with_java_alone_everything_works_too() throws Exception {
        var site = deployment.deploy(Languages.JAVA_ALONE);
        int photos = deployment.putPhotos(site);
        try (var http = HttpClient.newHttpClient()) {
            var report =
                    "{\"species\":\"Killdeer\",\"airport\":\"Heathrow\",\"date\":\"2026-05-01\",\"report\":\"mine\"}";
            for (int times = 0; times < 2; times++) {
                assertThat(post(http, site, report).statusCode()).isEqualTo(201);
            }
            assertThat(post(http, site, report.replace("mine", "another")).statusCode())
                    .isEqualTo(201);
            assertThat(post(http, site, "{\"species\":\"Killdeer\"}").statusCode())
                    .isEqualTo(400);

            assertThat(Deadline.after(Clock.system(), PATIENCE)
                            .await(() -> ConfigFactory.parseString(get(http, site, "/counts"))
                                            .getInt("total")
                                    == 2))
                    .withFailMessage(() -> get(http, site, "/counts"))
                    .isTrue();
            assertThat(Deadline.after(Clock.system(), PATIENCE)
                            .await(() -> ConfigFactory.parseString(get(http, site, "/gallery"))
                                            .getList("photos")
                                            .size()
                                    == photos))
                    .withFailMessage(() -> get(http, site, "/gallery"))
                    .isTrue();
            assertThat(get(http, site, "/counts")).contains("\"species\":\"Killdeer\"");
            assertThat(get(http, site, "/nothing")).contains("Not Found");
        }
    }

    private static HttpResponse<String> post(HttpClient http, Site site, String report) throws Exception {
        return http.send(
                HttpRequest.newBuilder(site.api(endpoint(), "/strikes"))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofString(report))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String get(HttpClient http, Site site, String path) {
        try {
            return http.send(HttpRequest.newBuilder(site.api(endpoint(), path)).build(), BodyHandlers.ofString())
                    .body();
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static URI endpoint() {
        return cluster.node(1).endpoint();
    }
}
