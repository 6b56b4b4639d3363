package io.murmuration.journal.http;

import io.murmuration.http.OwnRoute;
import io.murmuration.journal.DamagedStoreException;
import io.murmuration.journal.Halt;
import io.murmuration.journal.SnapshotExport;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * {@code GET /_murmur/snapshot?group=G}: this node's rows of a group, as a stream (see {@link SnapshotExport}), for other nodes of the cluster only.
 * Holds one chunk in memory at a time; a stream that cannot be begun or finished ends the connection, which its reader notices.
 */
public final class SnapshotRoutes implements OwnRoute {
    static final String PATH = "/_murmur/snapshot";

    private final IntFunction<SnapshotExport> exports;
    private final ClusterSignature signature;
    private final Halt halt;

    /** @param exports called on a thread that may wait for the disk */
    public SnapshotRoutes(IntFunction<SnapshotExport> exports, ClusterSignature signature, Halt halt) {
        this.exports = exports;
        this.signature = signature;
        this.halt = halt;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public CompletionStage<HttpResponse> answer(HttpRequest request) {
        return CompletableFuture.completedStage(respond(request));
    }

    private HttpResponse respond(HttpRequest request) {
        if (!request.method().equals(HttpMethods.GET)) {
            return HttpResponse.create().withStatus(StatusCodes.METHOD_NOT_ALLOWED);
        }
        var uri = request.getUri();
        var target = uri.path() + uri.rawQueryString().map(query -> "?" + query).orElse("");
        var header = request.getHeader(ClusterSignature.HEADER).map(HttpHeader::value);
        if (header.isEmpty() || !signature.isSigned("GET", target, header.get())) {
            return HttpResponse.create().withStatus(StatusCodes.FORBIDDEN);
        }
        var group = uri.query().get("group").filter(text -> text.matches("[0-9]{1,9}"));
        if (group.isEmpty()) {
            return HttpResponse.create().withStatus(StatusCodes.BAD_REQUEST);
        }
        return HttpResponse.create()
                .addHeader(RawHeader.create(ClusterSignature.HEADER, signature.answer(header.get())))
                .withEntity(HttpEntities.createChunked(
                        ContentTypes.APPLICATION_OCTET_STREAM, rows(Integer.parseInt(group.get()))));
    }

    /** On the dispatcher for blocking work; the export is made only once somebody reads, so that it is surely closed. */
    private Source<ByteString, NotUsed> rows(int group) {
        return Source.unfoldResource(() -> sound(() -> exports.apply(group)), this::next, SnapshotExport::close);
    }

    private Optional<ByteString> next(SnapshotExport export) {
        return sound(() -> Optional.ofNullable(export.next()).map(ByteString::fromArrayUnsafe));
    }

    private <T> T sound(Supplier<T> read) {
        try {
            return read.get();
        } catch (DamagedStoreException e) {
            halt.halt("Rows that another node asked for are damaged; the process ends, to start damaged.", e);
            throw e;
        }
    }
}
