package io.murmuration.cli.demo.functions;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Called when a photo was put into the bucket: notes it, unless what is noted is newer. */
public final class PhotoNoter {
    private static final int ATTEMPTS = 20;

    private final Tables tables = new Tables(ATTEMPTS);
    private final String photos = Environment.variable("PHOTOS");

    /** Called by the runtime. */
    public Map<String, Object> handle(Map<String, Object> event) {
        for (var each : Json.objects(event, "Records")) {
            note(Json.object(Json.object(each, "s3"), "object"), Json.text(each, "eventTime"));
        }
        return Map.of();
    }

    private void note(Map<String, Object> object, String time) {
        var photo = URLDecoder.decode(Json.text(object, "key"), StandardCharsets.UTF_8);
        var bytes = object.get("size") instanceof Number size ? size.longValue() : 0;
        var sequencer = Tables.text(Json.text(object, "sequencer"));
        try {
            tables.call(
                    "PutItem",
                    Map.of(
                            "TableName",
                            photos,
                            "Item",
                            Map.of(
                                    "photo", Tables.text(photo),
                                    "species", Tables.text(species(photo)),
                                    "bytes", Tables.number(bytes),
                                    "noted", Tables.text(time),
                                    "sequencer", sequencer),
                            "ConditionExpression",
                            "attribute_not_exists(sequencer) OR sequencer < :this",
                            "ExpressionAttributeValues",
                            Map.of(":this", sequencer)));
        } catch (TableRefusedException refused) {
            if (!refused.isConditionFailed()) {
                throw refused;
            }
        }
    }

    /** {@code photos/barn-owl.svg} shows a Barn owl. */
    static String species(String photo) {
        var name = photo.substring(photo.lastIndexOf('/') + 1);
        int dot = name.lastIndexOf('.');
        var words = (dot < 0 ? name : name.substring(0, dot)).replace('-', ' ');
        return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
