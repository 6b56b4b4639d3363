package io.murmuration.trigger;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.catalogue.Resources.Resource;
import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.function.mapping.MappingSettings;
import io.murmuration.protocol.function.mapping.StartingPosition;
import io.murmuration.protocol.table.operation.StreamArn;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A mapping as the content of a resource of the catalogue, whose name is the mapping's id. Stored. */
final class MappingCodec {
    private static final int VERSION = 1;

    private MappingCodec() {}

    static byte[] content(Mapping mapping) {
        var settings = mapping.settings();
        var qualifier = mapping.function().qualifier();
        var to = new ByteWriter(256)
                .int8(VERSION)
                .text(mapping.function().name())
                .text(qualifier == null ? "" : qualifier)
                .text(mapping.source().text())
                .int64(mapping.table())
                .flag(mapping.start() == StartingPosition.LATEST)
                .flag(mapping.enabled())
                .int8(mapping.status().stored())
                .int64(mapping.modifiedMillis())
                .int32(settings.batchSize())
                .int32(settings.windowSeconds())
                .int32(settings.recordAgeSeconds())
                .int32(settings.retryAttempts())
                .flag(settings.bisects())
                .flag(settings.reportsItemFailures())
                .int32(settings.filters().size());
        settings.filters().forEach(to::text);
        return to.toBytes();
    }

    static Mapping read(Resource resource) {
        var from = new ByteReader(resource.content());
        var version = from.int8();
        if (version != VERSION) {
            throw new IllegalArgumentException("unknown version of a stored mapping: " + version);
        }
        var function = new FunctionName(from.text(), qualifier(from.text()));
        var source = from.text();
        var table = from.int64();
        var start = from.flag() ? StartingPosition.LATEST : StartingPosition.TRIM_HORIZON;
        var enabled = from.flag();
        var status = Mapping.Status.of(from.int8());
        var modified = from.int64();
        return new Mapping(
                UUID.fromString(resource.name()),
                function,
                StreamArn.parse(source).orElseThrow(() -> new IllegalArgumentException("no stream: " + source)),
                table,
                start,
                settings(from),
                enabled,
                status,
                modified,
                resource.revision());
    }

    private static MappingSettings settings(ByteReader from) {
        var batch = from.int32();
        var window = from.int32();
        var age = from.int32();
        var attempts = from.int32();
        var bisects = from.flag();
        var reports = from.flag();
        var filters = new ArrayList<String>();
        for (var left = from.count(); left > 0; left--) {
            filters.add(from.text());
        }
        return new MappingSettings(batch, window, age, attempts, bisects, reports, filters);
    }

    private static @Nullable String qualifier(String text) {
        return text.isEmpty() ? null : text;
    }
}
