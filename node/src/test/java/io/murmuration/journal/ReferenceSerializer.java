package io.murmuration.journal;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.JSerializer;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.Serialization$;
import org.jspecify.annotations.Nullable;

/** Serializes an actor's reference, which only works if the plugin sets the transport information, and notices if it does not. */
public final class ReferenceSerializer extends JSerializer {
    private final ExtendedActorSystem system;

    public record Reference(ActorRef actor) {}

    public ReferenceSerializer(ExtendedActorSystem system) {
        this.system = system;
    }

    @Override
    public int identifier() {
        return 776_999;
    }

    @Override
    public boolean includeManifest() {
        return false;
    }

    @Override
    public byte[] toBinary(Object reference) {
        checkTransport();
        return Serialization.serializedActorPath(((Reference) reference).actor())
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Object fromBinaryJava(byte[] bytes, @Nullable Class<?> manifest) {
        checkTransport();
        return new Reference(system.provider().resolveActorRef(new String(bytes, StandardCharsets.UTF_8)));
    }

    private void checkTransport() {
        var transport = Serialization$.MODULE$.currentTransportInformation().value();
        if (transport == null || transport.system() != system) {
            throw new IllegalStateException("the transport information is not set");
        }
    }
}
