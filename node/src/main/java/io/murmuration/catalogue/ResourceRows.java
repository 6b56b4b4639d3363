package io.murmuration.catalogue;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Resource;

/** Resources as rows of group 0. Stored: {@code c r kind name}; the value is a version, the kind's name, the name, id, revision and content. */
final class ResourceRows {
    private static final byte CATALOGUE = 'c';
    private static final byte RESOURCE = 'r';
    private static final int VERSION = 1;

    private ResourceRows() {}

    static byte[] key(Kind kind, String name) {
        return new ByteWriter(64)
                .int8(CATALOGUE)
                .int8(RESOURCE)
                .text(kind.name())
                .text(name)
                .toBytes();
    }

    static byte[] from() {
        return new byte[] {CATALOGUE, RESOURCE};
    }

    static byte[] to() {
        return new byte[] {CATALOGUE, RESOURCE + 1};
    }

    static byte[] write(Resource resource) {
        return new ByteWriter(64 + resource.content().length)
                .int8(VERSION)
                .text(resource.kind().name())
                .text(resource.name())
                .int64(resource.id())
                .int64(resource.revision())
                .bytes(resource.content())
                .toBytes();
    }

    static Resource read(ByteReader from) {
        var version = from.int8();
        if (version != VERSION) {
            throw new IllegalArgumentException("unknown version of a stored resource: " + version);
        }
        return new Resource(Kind.valueOf(from.text()), from.text(), from.int64(), from.int64(), from.bytes());
    }
}
