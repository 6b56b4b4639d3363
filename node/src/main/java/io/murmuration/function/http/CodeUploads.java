package io.murmuration.function.http;

import io.murmuration.http.Call;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionErrors;
import io.murmuration.protocol.function.FunctionRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.stream.CompletionTimeoutException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.StreamLimitReachedException;
import org.apache.pekko.stream.javadsl.FileIO;
import org.apache.pekko.stream.javadsl.Sink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that carry code: their bodies go to files as they come, and are decoded and answered in turns, because a few of them would fill the heap.
 *
 * <p>Limits: {@link #BODY_BYTES_MAX} each, as Lambda's; {@link #REQUESTS_MAX} at a time; {@link #AT_WORK_BYTES_MAX} of them in memory.
 */
final class CodeUploads {
    /** A zip of 50 MB in base64, and what is around it. */
    static final int BODY_BYTES_MAX = 70_167_211;

    static final int REQUESTS_MAX = 16;

    private static final long AT_WORK_BYTES_MAX = 16 << 20;
    private static final Duration ARRIVES_WITHIN = Duration.ofSeconds(60);
    private static final Logger log = LoggerFactory.getLogger(CodeUploads.class);
    private static final ServiceError LATE = new ServiceError(
            CommonError.REQUEST_TIMEOUT,
            "The request's body did not arrive in time; nothing was done and it may be sent again.");
    private static final ServiceError BROKEN_OFF =
            new ServiceError(CommonError.SERIALIZATION, "The request's body broke off before its end.");

    private final Path folder;
    private final Materializer materializer;
    private final Executor disk;
    private final Turns turns = new Turns(AT_WORK_BYTES_MAX);
    private final AtomicInteger requests = new AtomicInteger();

    /**
     * @param folder for bodies while they are read
     * @param disk runs what waits for the disk
     */
    CodeUploads(Path folder, Materializer materializer, Executor disk) {
        this.folder = folder;
        this.materializer = materializer;
        this.disk = disk;
    }

    /** Gathers the call's body, decodes it and has it answered. The stage fails with a {@link ServiceException} for what cannot be taken. */
    <T> CompletionStage<T> receive(
            Call call,
            Function<InputStream, FunctionRequest> decode,
            Function<FunctionRequest, CompletionStage<T>> answer) {
        if (requests.incrementAndGet() > REQUESTS_MAX) {
            requests.decrementAndGet();
            return dropped(call, FunctionErrors.rateExceeded());
        }
        return received(call, decode, answer).whenComplete((value, failure) -> requests.decrementAndGet());
    }

    private <T> CompletionStage<T> received(
            Call call,
            Function<InputStream, FunctionRequest> decode,
            Function<FunctionRequest, CompletionStage<T>> answer) {
        if (call.request().entity().getContentLengthOption().orElse(0) > BODY_BYTES_MAX) {
            return dropped(call, FunctionErrors.bodyTooLarge(BODY_BYTES_MAX));
        }
        return CompletableFuture.supplyAsync(this::newFile, disk).thenCompose(file -> gathered(call, file)
                .thenCompose(bytes ->
                        turns.take(bytes, () -> CompletableFuture.supplyAsync(() -> decoded(file, decode), disk)
                                .thenCompose(answer)))
                .whenCompleteAsync((value, failure) -> delete(file), disk));
    }

    private CompletionStage<Long> gathered(Call call, Path file) {
        return call.request()
                .entity()
                .withoutSizeLimit()
                .getDataBytes()
                .completionTimeout(ARRIVES_WITHIN)
                .limitWeighted(BODY_BYTES_MAX, part -> (long) part.size())
                .runWith(FileIO.toPath(file), materializer)
                .thenApply(written -> written.count())
                .exceptionallyCompose(failure -> CompletableFuture.failedStage(new ServiceException(refusal(failure))));
    }

    private static ServiceError refusal(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamLimitReachedException) {
                return FunctionErrors.bodyTooLarge(BODY_BYTES_MAX);
            }
            if (cause instanceof CompletionTimeoutException) {
                return LATE;
            }
        }
        log.info("The body of a request that carries code could not be gathered.", failure);
        return BROKEN_OFF;
    }

    /** It is read first: an answer that comes earlier ends the connection under a client that still writes, which then never sees it. */
    private <T> CompletionStage<T> dropped(Call call, ServiceError error) {
        return call.request()
                .entity()
                .withoutSizeLimit()
                .getDataBytes()
                .completionTimeout(ARRIVES_WITHIN)
                .runWith(Sink.ignore(), materializer)
                .handle((read, cut) -> {
                    throw new ServiceException(error);
                });
    }

    private Path newFile() {
        try {
            return Files.createTempFile(Files.createDirectories(folder), "upload-", ".json");
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    private static FunctionRequest decoded(Path file, Function<InputStream, FunctionRequest> decode) {
        try (var body = Files.newInputStream(file)) {
            return decode.apply(body);
        } catch (IOException failure) {
            throw new CompletionException(failure);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException undeleted) {
            log.warn("An uploaded file could not be deleted; the next start will. file={}", file, undeleted);
        }
    }
}
