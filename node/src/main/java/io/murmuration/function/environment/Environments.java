package io.murmuration.function.environment;

import io.murmuration.base.Chance;
import io.murmuration.function.environment.EnvironmentProtocol.Message;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Which environment a runtime speaks for, by the token in its path. Every process of the machine reaches the port, so whoever knows the token is
 * the runtime, and nobody can guess it. Any thread.
 */
public final class Environments {
    private final Map<String, ActorRef<Message>> byToken = new ConcurrentHashMap<>();
    private final Chance chance;
    private final HexFormat hex = HexFormat.of();

    /** @param chance fit for secrets */
    public Environments(Chance chance) {
        this.chance = chance;
    }

    /** Empty if there is none of this token, or none any more. */
    public Optional<ActorRef<Message>> find(String token) {
        return Optional.ofNullable(byToken.get(token));
    }

    /** A new token for an environment. */
    String enter(ActorRef<Message> environment) {
        var token = hex.toHexDigits(chance.nextLong()) + hex.toHexDigits(chance.nextLong());
        byToken.put(token, environment);
        return token;
    }

    void leave(String token) {
        byToken.remove(token);
    }
}
