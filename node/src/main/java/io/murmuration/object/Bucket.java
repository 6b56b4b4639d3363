package io.murmuration.object;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.catalogue.Resources.Resource;
import io.murmuration.protocol.object.operation.NotificationConfiguration;
import io.murmuration.protocol.object.operation.NotificationConfiguration.ToFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A bucket as the catalogue has it.
 *
 * @param id never used again
 * @param revision of its last change; while it is being deleted, the deletion's number
 */
record Bucket(String name, long id, long revision, Content content) {
    /**
     * What is stored of it.
     *
     * @param deleting see {@link io.murmuration.object.index.BucketState}
     */
    record Content(Instant created, String region, boolean deleting, NotificationConfiguration notifications) {}

    private static final int VERSION = 1;

    static Bucket of(Resource resource) {
        return new Bucket(resource.name(), resource.id(), resource.revision(), read(resource.content()));
    }

    boolean deleting() {
        return content.deleting();
    }

    Content deleting(boolean now) {
        return new Content(content.created(), content.region(), now, content.notifications());
    }

    Content notifying(NotificationConfiguration configuration) {
        return new Content(content.created(), content.region(), content.deleting(), configuration);
    }

    static byte[] write(Content content) {
        var to = new ByteWriter(256)
                .int8(VERSION)
                .int64(content.created().toEpochMilli())
                .text(content.region())
                .flag(content.deleting())
                .int32(content.notifications().functions().size());
        for (var rule : content.notifications().functions()) {
            to.text(rule.id()).text(rule.function()).text(rule.prefix()).text(rule.suffix());
            to.int32(rule.events().size());
            rule.events().forEach(to::text);
        }
        return to.toBytes();
    }

    private static Content read(byte[] bytes) {
        var from = new ByteReader(bytes);
        var version = from.int8();
        if (version != VERSION) {
            throw new IllegalArgumentException("unknown version of a bucket: " + version);
        }
        return new Content(Instant.ofEpochMilli(from.int64()), from.text(), from.flag(), notifications(from));
    }

    private static NotificationConfiguration notifications(ByteReader from) {
        var rules = new ArrayList<ToFunction>();
        for (int left = from.count(); left > 0; left--) {
            var id = from.text();
            var function = from.text();
            var prefix = from.text();
            var suffix = from.text();
            var events = new ArrayList<String>();
            for (int more = from.count(); more > 0; more--) {
                events.add(from.text());
            }
            rules.add(new ToFunction(id, function, List.copyOf(events), prefix, suffix));
        }
        return new NotificationConfiguration(List.copyOf(rules));
    }
}
