package io.murmuration.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionStage;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Zips answers for clients that ask for it, where it saves more than it costs. */
final class Compression implements Step {
    /** Below, an answer fits one network packet zipped or not. */
    static final int WORTHWHILE_BYTES = 1400;

    private static final RawHeader ENCODED = RawHeader.create("Content-Encoding", "gzip");

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        if (call.hosted() || !call.headerNames("Accept-Encoding", "gzip")) {
            return next.pass(call);
        }
        return next.pass(call).thenApply(Compression::zipped);
    }

    private static HttpResponse zipped(HttpResponse response) {
        if (!(response.entity() instanceof HttpEntity.Strict strict)
                || strict.getData().size() < WORTHWHILE_BYTES
                || response.getHeader("Content-Encoding").isPresent()) {
            return response;
        }
        var body = strict.getData().toArrayUnsafe();
        var packed = new ByteArrayOutputStream(body.length / 4);
        try (var zip = new GZIPOutputStream(packed)) {
            zip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return response.withEntity(HttpEntities.create(strict.getContentType(), packed.toByteArray()))
                .addHeader(ENCODED);
    }
}
