package io.murmuration.object;

import io.murmuration.object.RangeRules.Slice;
import io.murmuration.object.index.IndexFound;
import io.murmuration.object.index.IndexKeys;
import io.murmuration.object.index.IndexRead;
import io.murmuration.object.index.ObjectEntry;
import io.murmuration.object.index.PartSpan;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.ObjectName;
import io.murmuration.protocol.object.operation.ReadConditions;
import io.murmuration.protocol.object.operation.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** GetObject and HeadObject, and the sources of copies. */
final class ObjectReads {
    private final Buckets buckets;
    private final ObjectIndex index;
    private final ObjectBodies bodies;
    private final StreamBudget budget;
    private final Duration silenceMax;

    /** @param silenceMax after which a stream ends of which nothing is taken */
    ObjectReads(Buckets buckets, ObjectIndex index, ObjectBodies bodies, StreamBudget budget, Duration silenceMax) {
        this.buckets = buckets;
        this.index = index;
        this.bodies = bodies;
        this.budget = budget;
        this.silenceMax = silenceMax;
    }

    /** An object and the way to its bytes. */
    record Located(Bucket bucket, int group, ObjectEntry entry, IndexFound.Found found) {}

    /** @param withBytes false for a HEAD */
    CompletionStage<ObjectAnswer> open(ObjectName name, Reading reading, boolean withBytes) {
        return find(name, withBytes).thenApply(source -> {
            var entry = source.entry();
            var refused = ConditionRules.read(reading.conditions(), entry.etag(), entry.modified());
            if (refused != null) {
                throw new ServiceException(
                        refused.code() == ObjectError.NOT_MODIFIED
                                ? ObjectErrors.notModified(entry.etag(), entry.modified())
                                : refused);
            }
            var part = reading.partNumber();
            var slice = part == null ? ranged(reading.range(), entry.bytes()) : ofPart(source, part);
            return new ObjectAnswer.Opened(
                    entry,
                    reading,
                    slice,
                    withBytes ? counted(source, slice) : Source.empty(),
                    part == null || entry.body() == null ? 0 : entry.body().parts());
        });
    }

    /** The source of a copy, of which the conditions hold. */
    CompletionStage<Located> source(ObjectName name, ReadConditions conditions) {
        return find(name, true).thenApply(source -> {
            var refused = ConditionRules.copy(
                    conditions, source.entry().etag(), source.entry().modified());
            if (refused != null) {
                throw new ServiceException(refused);
            }
            return source;
        });
    }

    private Source<ByteString, NotUsed> counted(Located source, @Nullable Slice slice) {
        long length = slice == null ? source.entry().bytes() : slice.to() - slice.from();
        return budget.take(Math.min(length, ObjectBodies.HELD_BYTES_MAX))
                .until(bytes(source, slice).backpressureTimeout(silenceMax));
    }

    Source<ByteString, NotUsed> bytes(Located source, @Nullable Slice slice) {
        long from = slice == null ? 0 : slice.from();
        long to = slice == null ? source.entry().bytes() : slice.to();
        return bodies.stream(source.bucket().id(), source.group(), source.found(), from, to);
    }

    private CompletionStage<Located> find(ObjectName name, boolean withBytes) {
        int group = IndexKeys.group(name.key(), index.shards());
        return buckets.with(
                name.bucket(), bucket -> index.read(group, new IndexRead.Find(bucket.id(), name.key(), withBytes))
                        .thenApply(found -> switch (found) {
                            case IndexFound.Found object -> {
                                var entry = object.entry();
                                if (entry == null) {
                                    throw new ServiceException(ObjectErrors.noSuchKey(name.key()));
                                }
                                yield Optional.of(new Located(bucket, group, entry, object));
                            }
                            case IndexFound.Closed closed -> Optional.<Located>empty();
                            default -> throw new IllegalStateException("an object is not found so: " + found);
                        }));
    }

    static @Nullable Slice ranged(@Nullable String range, long bytes) {
        return switch (RangeRules.select(range, bytes)) {
            case RangeRules.Whole whole -> null;
            case Slice slice -> slice;
            case RangeRules.Unsatisfiable none ->
                throw new ServiceException(ObjectErrors.invalidRange(range == null ? "" : range, bytes));
        };
    }

    /** An object that was uploaded whole is its own first part. */
    private static @Nullable Slice ofPart(Located source, int number) {
        var spans = source.found().spans();
        long bytes = source.entry().bytes();
        var parts = spans.isEmpty() ? List.of(new PartSpan(1, bytes)) : spans;
        if (number > parts.size()) {
            throw new ServiceException(ObjectErrors.invalidPartNumber());
        }
        long begin = 0;
        for (var span : parts.subList(0, number - 1)) {
            begin += span.bytes();
        }
        return bytes == 0
                ? null
                : new Slice(begin, begin + parts.get(number - 1).bytes());
    }
}
