package io.murmuration.gateway;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.protocol.gateway.AccessLogSettings;
import io.murmuration.protocol.gateway.RouteSettings;
import io.murmuration.protocol.gateway.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stage as bytes within those of its API, and what both are made of. */
final class StageCodec {
    private StageCodec() {}

    static void write(ByteWriter to, Stage stage) {
        to.text(stage.name()).flag(stage.autoDeploy());
        writeOptional(to, stage.deploymentId());
        to.text(stage.deploymentMessage()).text(stage.description());
        writeTextsByName(to, stage.variables());
        writeSettings(to, stage.defaultRouteSettings());
        to.int32(stage.routeSettings().size());
        new TreeMap<>(stage.routeSettings()).forEach((key, settings) -> writeSettings(to.text(key), settings));
        var log = stage.accessLog();
        to.flag(log != null);
        if (log != null) {
            to.text(log.destinationArn()).text(log.format());
        }
        writeTextsByName(to, stage.tags());
        to.flag(stage.managed()).int64(stage.createdMillis()).int64(stage.updatedMillis());
    }

    static Stage read(ByteReader from) {
        return new Stage(
                from.text(),
                from.flag(),
                readOptional(from),
                from.text(),
                from.text(),
                readTextsByName(from),
                readSettings(from),
                readRouteSettings(from),
                from.flag() ? new AccessLogSettings(from.text(), from.text()) : null,
                readTextsByName(from),
                from.flag(),
                from.int64(),
                from.int64());
    }

    private static void writeSettings(ByteWriter to, RouteSettings settings) {
        to.flag(settings.burstLimit() != null).int32(settings.burstLimit() == null ? 0 : settings.burstLimit());
        to.flag(settings.rateLimit() != null)
                .int64(Double.doubleToLongBits(settings.rateLimit() == null ? 0 : settings.rateLimit()));
    }

    private static RouteSettings readSettings(ByteReader from) {
        boolean burst = from.flag();
        int burstLimit = from.int32();
        boolean rate = from.flag();
        double rateLimit = Double.longBitsToDouble(from.int64());
        return new RouteSettings(burst ? burstLimit : null, rate ? rateLimit : null);
    }

    private static Map<String, RouteSettings> readRouteSettings(ByteReader from) {
        var settings = new LinkedHashMap<String, RouteSettings>();
        for (int left = from.count(); left > 0; left--) {
            settings.put(from.text(), readSettings(from));
        }
        return settings;
    }

    static void writeTexts(ByteWriter to, List<String> texts) {
        to.int32(texts.size());
        texts.forEach(to::text);
    }

    static List<String> readTexts(ByteReader from) {
        var texts = new ArrayList<String>();
        for (int left = from.count(); left > 0; left--) {
            texts.add(from.text());
        }
        return texts;
    }

    /** In the order of their names: the same texts are always the same bytes. */
    static void writeTextsByName(ByteWriter to, Map<String, String> texts) {
        to.int32(texts.size());
        new TreeMap<>(texts).forEach((name, text) -> to.text(name).text(text));
    }

    static Map<String, String> readTextsByName(ByteReader from) {
        var texts = new LinkedHashMap<String, String>();
        for (int left = from.count(); left > 0; left--) {
            texts.put(from.text(), from.text());
        }
        return texts;
    }

    static void writeOptional(ByteWriter to, @Nullable String text) {
        to.flag(text != null).text(text == null ? "" : text);
    }

    static @Nullable String readOptional(ByteReader from) {
        boolean there = from.flag();
        var text = from.text();
        return there ? text : null;
    }
}
