package io.murmuration.function.http;

import io.murmuration.function.code.CodeId;
import io.murmuration.function.code.CodePeers;
import io.murmuration.journal.http.ClusterSignature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;
import org.apache.pekko.Done;

/**
 * Speaks to other nodes' {@link CodeRoutes}. A request's signature covers its path, and with it the digest of what is carried; whoever gets the bytes
 * compares.
 *
 * <p>Owner: the node, which closes it. Failure: a node that does not answer within {@link #ANSWER_MAX} fails the stage; nothing is retried here.
 */
public final class CodeClient implements CodePeers, AutoCloseable {
    /** For the largest zip on a slow disk. */
    static final Duration ANSWER_MAX = Duration.ofSeconds(20);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    private static final int THREADS = 2;

    private final LongFunction<URI> addresses;
    private final ClusterSignature signature;
    private final ExecutorService threads;
    private final HttpClient http;

    /** @param addresses where a node listens, by its id; throws if there is no such node */
    public CodeClient(LongFunction<URI> addresses, ClusterSignature signature) {
        this.addresses = addresses;
        this.signature = signature;
        this.threads = Executors.newFixedThreadPool(
                THREADS,
                Thread.ofPlatform().name("code-client-", 0).daemon(true).factory());
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_MAX)
                .executor(threads)
                .build();
    }

    @Override
    public CompletionStage<Done> put(long node, CodeId id, byte[] zip) {
        var request =
                request(node, "PUT", id).PUT(BodyPublishers.ofByteArray(zip)).build();
        return http.sendAsync(request, BodyHandlers.discarding()).thenApply(response -> {
            if (response.statusCode() != CodeRoutes.STORED) {
                throw refused(node, response);
            }
            return Done.getInstance();
        });
    }

    @Override
    public CompletionStage<Optional<byte[]>> get(long node, CodeId id) {
        var request = request(node, "GET", id).GET().build();
        return http.sendAsync(request, BodyHandlers.ofByteArray())
                .thenApply(response -> switch (response.statusCode()) {
                    case CodeRoutes.FOUND -> Optional.of(checked(node, id, response.body()));
                    case CodeRoutes.ABSENT -> Optional.<byte[]>empty();
                    default -> throw refused(node, response);
                });
    }

    private HttpRequest.Builder request(long node, String method, CodeId id) {
        var path = CodeRoutes.PATH + id;
        return HttpRequest.newBuilder(addresses.apply(node).resolve(path))
                .timeout(ANSWER_MAX)
                .header(ClusterSignature.HEADER, signature.sign(method, path));
    }

    private static byte[] checked(long node, CodeId id, byte[] zip) {
        if (!CodeId.of(zip).equals(id)) {
            throw new CompletionException(new IOException("Node " + node + " gave other bytes than those of " + id));
        }
        return zip;
    }

    private static CompletionException refused(long node, HttpResponse<?> response) {
        return new CompletionException(
                new IOException("Node " + node + " refused a function's code: status " + response.statusCode()));
    }

    /** What is under way fails. */
    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdown();
    }
}
