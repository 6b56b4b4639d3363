package io.murmuration.function;

import io.murmuration.function.code.CodeId;
import io.murmuration.function.code.CodeStore;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Code in memory. */
final class MemoryCode implements CodeStore {
    private final Map<CodeId, byte[]> zips = new ConcurrentHashMap<>();

    CodeId keep(byte[] zip) {
        var id = CodeId.of(zip);
        zips.put(id, zip);
        return id;
    }

    @Override
    public CompletionStage<CodeId> put(byte[] zip) {
        return CompletableFuture.completedStage(keep(zip));
    }

    @Override
    public CompletionStage<byte[]> get(CodeId id) {
        return CompletableFuture.completedStage(Objects.requireNonNull(zips.get(id)));
    }
}
