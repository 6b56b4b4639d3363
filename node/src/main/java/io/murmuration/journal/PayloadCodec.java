package io.murmuration.journal;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;

/** Values to {@link Payload}s and back, by Pekko's serialization. */
final class PayloadCodec {
    private final Serialization serialization;

    PayloadCodec(ActorSystem system) {
        serialization = SerializationExtension.get(system);
    }

    /** Fails with whatever the serializer fails with, {@link java.io.NotSerializableException} among it. */
    Payload encode(Object value) {
        var serializer = serialization.findSerializerFor(value);
        // Through Try, which sets the transport information that serializers of actor references need.
        var bytes = serialization.serialize(value).get();
        return new Payload(serializer.identifier(), Serializers.manifestFor(serializer, value), bytes);
    }

    Object decode(Payload payload) {
        return serialization
                .deserialize(payload.bytes(), payload.serializerId(), payload.manifest())
                .get();
    }
}
