package io.murmuration.function;

import io.murmuration.function.code.CodeId;
import io.murmuration.function.code.CodeStore;
import io.murmuration.function.runtime.CodePackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;

/**
 * Lets sound code into the store, and refuses other in Lambda's words. Any thread.
 *
 * @param folder for the zip that is looked at
 * @param disk runs what waits for the disk
 */
public record CodeAdmission(CodeStore store, Path folder, Executor disk) {
    /** Completes once the code is sound and durable. */
    CompletionStage<CodeId> admit(byte[] zip) {
        return check(zip).thenCompose(sound -> store.put(zip));
    }

    /** Fails with a {@link io.murmuration.protocol.ServiceException} if it is no zip, or too large when unpacked. */
    CompletionStage<Done> check(byte[] zip) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        CodePackage.check(zip, folder, CodePackage.UNZIPPED_BYTES_MAX);
                        return Done.getInstance();
                    } catch (IOException failure) {
                        throw new CompletionException(failure);
                    }
                },
                disk);
    }
}
