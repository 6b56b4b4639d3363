package io.murmuration.http;

import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Adds {@code x-amz-crc32}: over the bytes as sent, after compression, for that is what the clients check. */
final class Checksum implements Step {
    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        return next.pass(call).thenApply(response -> added(call, response));
    }

    static HttpResponse added(Call call, HttpResponse response) {
        return call.service().checksummed() ? checked(response) : response;
    }

    private static HttpResponse checked(HttpResponse response) {
        if (!(response.entity() instanceof HttpEntity.Strict strict)) {
            return response;
        }
        var sum = new CRC32();
        sum.update(strict.getData().asByteBuffer());
        return response.addHeader(RawHeader.create("x-amz-crc32", Long.toString(sum.getValue())));
    }
}
