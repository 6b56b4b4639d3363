package io.murmuration.function.instance;

import io.murmuration.function.Deployment;
import io.murmuration.function.environment.EnvironmentSpec;
import io.murmuration.function.environment.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/**
 * Unpacked code on this node: once for each revision of a function, for all its instances. Any thread.
 *
 * <p>Limits: what nobody uses is removed, but for the {@value #KEPT_MAX} that were used last, so that the next cold start finds its code.
 */
final class Codes {
    private static final int KEPT_MAX = 8;

    private final Path folder;
    private final BiFunction<Deployment, Path, CompletionStage<EnvironmentSpec>> prepare;
    private final Executor disk;
    private final Map<String, Unpacked> byRevision = new HashMap<>();
    private long unpacked;
    private long used;

    /** One revision's, perhaps not ready yet. Belongs to {@link Codes}. */
    private static final class Unpacked {
        private final Path path;
        private final CompletableFuture<EnvironmentSpec> ready = new CompletableFuture<>();
        private int users;
        private long lastUse;

        Unpacked(Path path) {
            this.path = path;
        }
    }

    /**
     * @param folder made by whoever prepares
     * @param prepare fetches and unpacks code into a new folder
     * @param disk runs what waits for the disk
     */
    Codes(Path folder, BiFunction<Deployment, Path, CompletionStage<EnvironmentSpec>> prepare, Executor disk) {
        this.folder = folder;
        this.prepare = prepare;
        this.disk = disk;
    }

    /** Given back by {@link #release}, whether it fails or not. */
    CompletionStage<EnvironmentSpec> use(Deployment deployment) {
        Unpacked wanted;
        boolean isNew;
        synchronized (this) {
            var known = byRevision.get(deployment.key());
            isNew = known == null;
            wanted = known == null ? new Unpacked(folder.resolve("code-" + unpacked++)) : known;
            wanted.users++;
            byRevision.put(deployment.key(), wanted);
        }
        if (isNew) {
            prepare.apply(deployment, wanted.path).whenComplete((spec, failure) -> {
                if (failure != null) {
                    wanted.ready.completeExceptionally(failure);
                } else {
                    wanted.ready.complete(spec);
                }
            });
        }
        return wanted.ready;
    }

    void release(Deployment deployment) {
        for (var path : released(deployment)) {
            disk.execute(() -> Folders.remove(path));
        }
    }

    private synchronized List<Path> released(Deployment deployment) {
        var known = byRevision.get(deployment.key());
        if (known == null) {
            throw new IllegalStateException("code that nobody used was given back");
        }
        known.users--;
        known.lastUse = used++;
        var removed = new ArrayList<Path>();
        if (known.users == 0 && known.ready.isCompletedExceptionally()) {
            // the next one tries again
            byRevision.remove(deployment.key());
            removed.add(known.path);
        }
        var idle = byRevision.entrySet().stream()
                .filter(each -> each.getValue().users == 0)
                .sorted((a, b) -> Long.compare(b.getValue().lastUse, a.getValue().lastUse))
                .skip(KEPT_MAX)
                .toList();
        for (var each : idle) {
            byRevision.remove(each.getKey());
            removed.add(each.getValue().path);
        }
        return removed;
    }
}
