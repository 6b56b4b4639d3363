package io.murmuration.journal.http;

import io.murmuration.base.Clock;
import io.murmuration.journal.SnapshotHeader;
import io.murmuration.journal.SnapshotSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches rows from other nodes' {@link SnapshotRoutes}, into files.
 *
 * <p>Owner: the node's journal, which closes it. Data: the folder it is given, emptied at its start. The HTTP client has threads of its own: those for the
 * disk may all be busy installing what was fetched.
 * <p>Failure: a node that does not answer, breaks off, is silent for {@link #SILENCE_MAX} or sends what is no sound snapshot fails the stage, and leaves no
 * file. Nothing is retried here.
 */
public final class SnapshotClient implements SnapshotSource, AutoCloseable {
    static final Duration SILENCE_MAX = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotClient.class);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final int OK = 200;
    private static final int THREADS = 2;

    private final LongFunction<URI> addresses;
    private final ClusterSignature signature;
    private final Clock clock;
    private final Path folder;
    private final Executor disk;
    private final ExecutorService threads;
    private final HttpClient http;

    /**
     * @param addresses where a node listens, by its id; throws if there is no such node
     * @param disk runs what waits for the disk
     */
    public SnapshotClient(
            LongFunction<URI> addresses, ClusterSignature signature, Clock clock, Path folder, Executor disk) {
        this.addresses = addresses;
        this.signature = signature;
        this.clock = clock;
        this.folder = folder;
        this.disk = disk;
        this.threads = Executors.newFixedThreadPool(
                THREADS,
                Thread.ofPlatform().name("snapshot-client-", 0).daemon(true).factory());
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_MAX)
                .executor(threads)
                .build();
        clearFolder();
    }

    @Override
    public CompletionStage<SnapshotFile> fetch(long node, int group, long index) {
        var target = SnapshotRoutes.PATH + "?group=" + group;
        return CompletableFuture.supplyAsync(() -> addresses.apply(node).resolve(target), disk)
                .thenApplyAsync(uri -> new Transfer(node, uri, newFile(group)), disk)
                .thenCompose(transfer -> run(transfer)
                        .thenApplyAsync(response -> checked(transfer.file(), group, index), disk)
                        .whenComplete((fetched, failure) -> {
                            if (failure != null) {
                                delete(transfer.file());
                            }
                        }));
    }

    /** What is being fetched fails. */
    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdown();
    }

    private record Transfer(long node, URI from, Path file) {}

    private CompletableFuture<HttpResponse<Path>> run(Transfer transfer) {
        var from = transfer.from();
        var signed = signature.sign("GET", from.getRawPath() + "?" + from.getRawQuery());
        var request = HttpRequest.newBuilder(from)
                .timeout(SILENCE_MAX)
                .header(ClusterSignature.HEADER, signed)
                .build();
        var silence = new Silence(clock);
        var response =
                http.sendAsync(request, info -> silence.watch(body(transfer.node(), info, signed, transfer.file())));
        silence.end(response, SILENCE_MAX);
        return response;
    }

    private BodySubscriber<Path> body(long node, ResponseInfo info, String signed, Path file) {
        var answer = info.headers().firstValue(ClusterSignature.HEADER);
        if (info.statusCode() != OK || answer.isEmpty() || !signature.isAnswer(signed, answer.get())) {
            throw new UncheckedIOException(
                    new IOException("Node " + node + " refused its rows: status " + info.statusCode()));
        }
        return BodySubscribers.ofFile(file);
    }

    private static SnapshotFile checked(Path file, int group, long index) {
        try (var stream = new BufferedInputStream(Files.newInputStream(file))) {
            var header = SnapshotHeader.verify(stream);
            if (header.group() != group || header.index() < index) {
                throw new IOException("The rows are of group " + header.group() + " at index " + header.index()
                        + ", wanted were those of group " + group + " at index " + index + " or later.");
            }
            return new SnapshotFile(file, header);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private Path newFile(int group) {
        try {
            return Files.createTempFile(folder, "group-" + group + "-", ".snapshot");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void clearFolder() {
        try {
            Files.createDirectories(folder);
            try (var files = Files.list(folder)) {
                files.forEach(SnapshotClient::delete);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("A fetched file could not be deleted, the next start will: {}", file, e);
        }
    }
}
