package io.murmuration.cli.demo.site;

import io.murmuration.base.Clock;
import io.murmuration.config.Geography;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Looks at the site from several cities. Each viewer's connection comes from a loopback address that stands for its city; where a system has but one
 * loopback address, a header says the city.
 */
public final class Viewers {
    private static final List<String> CITIES = List.of("London", "Tokyo", "New York", "Sydney", "Sao Paulo");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final Geography geography;
    private final Clock clock;

    public Viewers(Geography geography, Clock clock) {
        this.geography = geography;
        this.clock = clock;
    }

    /**
     * What a viewer saw.
     *
     * @param presence the point of presence that answered
     * @param kilometres from the viewer to it
     * @param looks at the page twice, then at a photo twice
     */
    public record View(String city, String presence, String kilometres, List<Look> looks) {
        /** For the heads of {@link #HEADS}. */
        public List<String> row() {
            var row = new ArrayList<>(List.of(city, presence, kilometres));
            looks.forEach(look -> row.add(look.words()));
            return row;
        }
    }

    public static final List<String> HEADS = List.of("viewer", "answered by", "km", "page", "again", "photo", "again");

    /** @param cache what the point of presence says: {@code miss} or {@code hit} */
    public record Look(String cache, long micros) {
        String words() {
            return String.format(Locale.ROOT, "%s %.1f ms", cache, micros / 1e3);
        }
    }

    /** @param endpoints of the nodes, to which the viewers come in turn */
    public List<View> look(Site site, List<URI> endpoints) {
        var views = new ArrayList<View>();
        for (var city : CITIES) {
            views.add(look(city, site, endpoints.get(views.size() % endpoints.size())));
        }
        return views;
    }

    private View look(String city, Site site, URI endpoint) {
        var page = site.pageByPath(endpoint);
        var photo = page.resolve("photos/" + Bird.ALL.getFirst().file());
        var address = address(city);
        var builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        var told = isOurs(address) ? "" : city;
        if (told.isEmpty()) {
            builder.localAddress(address);
        }
        try (var client = builder.build()) {
            // the connection is no part of the looks, nor that a point of presence is started for its first viewer
            get(client, page.resolve("site.css"), told);
            var looks = new ArrayList<Look>();
            var seen = new ArrayList<HttpResponse<byte[]>>();
            for (var place : List.of(page, page, photo, photo)) {
                long began = clock.nanos();
                seen.add(get(client, place, told));
                looks.add(new Look(cache(seen.getLast()), (clock.nanos() - began) / 1_000));
            }
            var last = seen.getLast();
            return new View(
                    city, header(last, "x-amz-cf-pop"), header(last, "x-murmur-distance-km"), List.copyOf(looks));
        } catch (IOException e) {
            throw new UncheckedIOException("The page was not reached from " + city + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpResponse<byte[]> get(HttpClient client, URI place, String told)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(place).timeout(PATIENCE);
        if (!told.isEmpty()) {
            request.header(Geography.VIEWER_HEADER, told);
        }
        var response = client.send(request.build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != OK) {
            throw new IOException(place + " was answered with " + response.statusCode());
        }
        return response;
    }

    private InetAddress address(String city) {
        int network = geography.networks().entrySet().stream()
                .filter(each -> each.getValue().equals(city))
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        try {
            return InetAddress.getByAddress(new byte[] {127, (byte) network, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isOurs(InetAddress address) {
        try (var socket = new ServerSocket(0, 1, address)) {
            return socket.isBound();
        } catch (IOException notHere) {
            return false;
        }
    }

    private static String cache(HttpResponse<?> response) {
        return header(response, "x-cache").toLowerCase(Locale.ROOT).split(" ", 2)[0];
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("-");
    }
}
