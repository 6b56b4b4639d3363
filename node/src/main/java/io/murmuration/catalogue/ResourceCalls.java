package io.murmuration.catalogue;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Outcome;
import java.util.Optional;

/** Changes of resources and what became of them, as bytes on the catalogue's channel. */
final class ResourceCalls {
    private static final int PUT = 1;
    private static final int REMOVE = 2;
    private static final int CHANGED = 1;
    private static final int CONFLICT = 2;
    private static final int FULL = 3;

    private ResourceCalls() {}

    static void writeIntent(ByteWriter to, ResourceRules.Intent intent) {
        to.int8(intent instanceof ResourceRules.Put ? PUT : REMOVE)
                .text(intent.kind().name())
                .text(intent.name())
                .int64(intent.expectedRevision());
        if (intent instanceof ResourceRules.Put put) {
            to.bytes(put.content());
        }
    }

    static ResourceRules.Intent readIntent(ByteReader from) {
        var change = from.int8();
        var kind = Kind.valueOf(from.text());
        var name = from.text();
        var expected = from.int64();
        return switch (change) {
            case PUT -> new ResourceRules.Put(kind, name, expected, from.bytes());
            case REMOVE -> new ResourceRules.Remove(kind, name, expected);
            default -> throw new IllegalArgumentException("unknown change of a resource: " + change);
        };
    }

    static void writeOutcome(ByteWriter to, Outcome outcome) {
        switch (outcome) {
            case Outcome.Changed changed -> to.int8(CHANGED).raw(ResourceRows.write(changed.resource()));
            case Outcome.Conflict conflict -> {
                to.int8(CONFLICT).flag(conflict.now().isPresent());
                conflict.now().ifPresent(now -> to.raw(ResourceRows.write(now)));
            }
            case Outcome.Full full -> to.int8(FULL);
        }
    }

    static Outcome readOutcome(ByteReader from) {
        var outcome = from.int8();
        return switch (outcome) {
            case CHANGED -> new Outcome.Changed(ResourceRows.read(from));
            case CONFLICT ->
                new Outcome.Conflict(from.flag() ? Optional.of(ResourceRows.read(from)) : Optional.empty());
            case FULL -> new Outcome.Full();
            default -> throw new IllegalArgumentException("unknown outcome of a change of a resource: " + outcome);
        };
    }
}
