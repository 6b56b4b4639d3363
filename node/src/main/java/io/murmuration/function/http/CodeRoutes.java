package io.murmuration.function.http;

import io.murmuration.function.code.CodeFolder;
import io.murmuration.function.code.CodeId;
import io.murmuration.function.code.CodeStore;
import io.murmuration.http.OwnRoute;
import io.murmuration.journal.http.ClusterSignature;
import io.murmuration.protocol.ServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.StreamLimitReachedException;
import org.apache.pekko.stream.javadsl.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /_murmur/code/ID}: this node's code folder, for the other nodes (PUT and GET, signed in a header), and code wherever it lies for whoever was
 * given a link to it (GET, signed in the query for {@link ClusterSignature#WINDOW}).
 *
 * <p>Limits: a body of {@link CodeStore#ZIP_BYTES_MAX} goes to a file as it comes.
 */
public final class CodeRoutes implements OwnRoute {
    static final String PATH = "/_murmur/code/";
    static final int FOUND = 200;
    static final int STORED = 201;
    static final int ABSENT = 404;

    private static final Logger log = LoggerFactory.getLogger(CodeRoutes.class);
    private static final int BAD = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;
    private static final String QUERY = "signature";

    private final CodeFolder folder;
    private final CodeStore store;
    private final ClusterSignature signature;
    private final Materializer materializer;
    private final Executor disk;

    /** @param disk runs what waits for the disk */
    public CodeRoutes(
            CodeFolder folder, CodeStore store, ClusterSignature signature, Materializer materializer, Executor disk) {
        this.folder = folder;
        this.store = store;
        this.signature = signature;
        this.materializer = materializer;
        this.disk = disk;
    }

    @Override
    public String path() {
        return PATH;
    }

    /** Path and query of a link to the code, for whoever is given it. */
    public String link(CodeId id) {
        return PATH + id + "?" + QUERY + "=" + signature.sign("GET", PATH + id);
    }

    @Override
    public CompletionStage<HttpResponse> answer(HttpRequest request) {
        var path = request.getUri().path();
        var id = CodeId.parse(path.substring(PATH.length()));
        var method = request.method().value();
        boolean ofNode = isSigned(
                method, path, request.getHeader(ClusterSignature.HEADER).map(HttpHeader::value));
        if (id.isEmpty()) {
            return refused(request, BAD);
        }
        if (request.method().equals(HttpMethods.PUT)) {
            return ofNode ? stored(request, id.get()) : refused(request, FORBIDDEN);
        }
        if (!request.method().equals(HttpMethods.GET)) {
            return refused(request, NOT_ALLOWED);
        }
        request.discardEntityBytes(materializer);
        if (ofNode) {
            return found(id.get());
        }
        return isSigned(method, path, request.getUri().query().get(QUERY))
                ? anywhere(id.get())
                : CompletableFuture.completedStage(status(FORBIDDEN));
    }

    private boolean isSigned(String method, String path, Optional<String> signed) {
        return signed.isPresent() && signature.isSigned(method, path, signed.get());
    }

    private CompletionStage<HttpResponse> stored(HttpRequest request, CodeId id) {
        return CompletableFuture.supplyAsync(this::temporary, disk).thenCompose(file -> request.entity()
                .withoutSizeLimit()
                .getDataBytes()
                .limitWeighted(CodeStore.ZIP_BYTES_MAX, part -> (long) part.size())
                .runWith(FileIO.toPath(file), materializer)
                .thenApplyAsync(written -> status(kept(file, id) ? STORED : BAD), disk)
                .exceptionally(failure -> notStored(file, id, failure)));
    }

    private Path temporary() {
        try {
            return folder.temporary();
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    private boolean kept(Path file, CodeId id) {
        try {
            return folder.keep(file, id);
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    private static HttpResponse notStored(Path file, CodeId id, Throwable failure) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException undeleted) {
            log.warn("A file could not be deleted; the next start will. file={}", file, undeleted);
        }
        if (failure.getCause() instanceof StreamLimitReachedException) {
            return status(TOO_LARGE);
        }
        log.warn("A function's code could not be stored for another node. code={}", id, failure);
        return status(FAILED);
    }

    private CompletionStage<HttpResponse> found(CodeId id) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return folder.get(id).map(CodeRoutes::zip).orElseGet(() -> status(ABSENT));
                    } catch (IOException failure) {
                        throw new CompletionException(failure);
                    }
                },
                disk);
    }

    private CompletionStage<HttpResponse> anywhere(CodeId id) {
        return store.get(id).handle((zip, failure) -> {
            if (failure == null) {
                return zip(zip);
            }
            if (failure instanceof ServiceException || failure.getCause() instanceof ServiceException) {
                return status(UNAVAILABLE);
            }
            throw new CompletionException(failure);
        });
    }

    private static HttpResponse zip(byte[] zip) {
        return status(FOUND).withEntity(HttpEntities.create(ContentTypes.APPLICATION_OCTET_STREAM, zip));
    }

    private CompletionStage<HttpResponse> refused(HttpRequest request, int status) {
        request.discardEntityBytes(materializer);
        return CompletableFuture.completedStage(status(status));
    }

    private static HttpResponse status(int status) {
        return HttpResponse.create().withStatus(status);
    }
}
