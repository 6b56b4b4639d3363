package io.murmuration.cli;

import com.sun.net.httpserver.HttpServer;
import io.murmuration.config.DataFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process that behaves as a node does towards the command line: it opens its folder, answers health, and ends when asked. A file beside its lock
 * tells it to fail instead: {@code fail} to end at once, {@code again} to ask once to be started again, {@code ever-again} to ask each time, and
 * {@code again-at-end} to ask for it when it was asked to end.
 */
final class StandInNode {
    private static final int START_ME_AGAIN = 75;

    private StandInNode() {}

    public static void main(String... arguments) throws IOException {
        var number = Integer.parseInt(arguments[3]);
        var folder = DataFolder.at(Path.of(arguments[1]));
        if (Files.exists(folder.nodePath(number).resolve("fail"))) {
            System.out.println("The stand-in was told to fail.");
            System.exit(1);
        }
        if (Files.deleteIfExists(folder.nodePath(number).resolve("again"))) {
            System.exit(START_ME_AGAIN);
        }
        if (Files.exists(folder.nodePath(number).resolve("ever-again"))) {
            System.exit(START_ME_AGAIN);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (Files.exists(folder.nodePath(number).resolve("again-at-end"))) {
                Runtime.getRuntime().halt(START_ME_AGAIN);
            }
        }));
        var opened = folder.open(number);
        var server = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), opened.node().ports().http()),
                0);
        server.createContext("/_murmur/health", exchange -> {
            var body = health(opened.node().nodeId()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.out.println("Ready.");
    }

    private static String health(long nodeId) {
        return """
                {"live": true, "ready": true, "waitingFor": "", "isolation": "none", "groups": [
                  {"group": 0, "role": "leader", "leader": "%d", "lag": 0},
                  {"group": 1, "role": "leader", "leader": "%d", "lag": 3}]}
                """.formatted(nodeId, nodeId);
    }
}
