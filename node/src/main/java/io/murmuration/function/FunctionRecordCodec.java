package io.murmuration.function;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.protocol.function.FunctionConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** A function's row in the catalogue. Stored: what it reads, every later release reads too. */
final class FunctionRecordCodec {
    private static final int VERSION = 1;
    private static final int CAPACITY = 512;

    private FunctionRecordCodec() {}

    static byte[] encode(Deployment deployment) {
        var function = deployment.configuration();
        var to = new ByteWriter(CAPACITY)
                .int8(VERSION)
                .text(function.name())
                .text(function.arn())
                .text(function.version())
                .text(function.runtime())
                .text(function.role())
                .text(function.handler())
                .text(function.description())
                .int32(function.timeoutSeconds())
                .int32(function.memoryMegabytes())
                .int32(function.temporaryMegabytes())
                .int64(function.codeBytes())
                .text(function.codeSha256())
                .int64(function.modifiedMillis())
                .text(function.revisionId())
                .int32(function.variables().size());
        // in an order, so that the same function is the same bytes
        new TreeMap<>(function.variables())
                .forEach((name, value) -> to.text(name).text(value));
        to.int32(function.architectures().size());
        function.architectures().forEach(to::text);
        var reserved = deployment.reservedConcurrency();
        to.flag(reserved.isPresent()).int32(reserved.orElse(0));
        return to.toBytes();
    }

    static Deployment decode(byte[] stored) {
        var from = new ByteReader(stored);
        int version = from.int8();
        if (version != VERSION) {
            throw new IllegalArgumentException("unknown version of a stored function: " + version);
        }
        var name = from.text();
        var arn = from.text();
        var ofFunction = from.text();
        var runtime = from.text();
        var role = from.text();
        var handler = from.text();
        var description = from.text();
        int timeoutSeconds = from.int32();
        int memoryMegabytes = from.int32();
        int temporaryMegabytes = from.int32();
        long codeBytes = from.int64();
        var codeSha256 = from.text();
        long modifiedMillis = from.int64();
        var revisionId = from.text();
        var configuration = new FunctionConfiguration(
                name,
                arn,
                ofFunction,
                runtime,
                role,
                handler,
                description,
                timeoutSeconds,
                memoryMegabytes,
                variables(from),
                texts(from),
                temporaryMegabytes,
                codeBytes,
                codeSha256,
                modifiedMillis,
                revisionId);
        boolean isReserved = from.flag();
        int reserved = from.int32();
        from.end();
        return new Deployment(configuration, isReserved ? OptionalInt.of(reserved) : OptionalInt.empty());
    }

    private static Map<String, String> variables(ByteReader from) {
        var variables = new LinkedHashMap<String, String>();
        for (int left = from.count(); left > 0; left--) {
            variables.put(from.text(), from.text());
        }
        return variables;
    }

    private static List<String> texts(ByteReader from) {
        var texts = new ArrayList<String>();
        for (int left = from.count(); left > 0; left--) {
            texts.add(from.text());
        }
        return texts;
    }
}
