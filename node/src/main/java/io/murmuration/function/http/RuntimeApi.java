package io.murmuration.function.http;

import io.murmuration.base.Chance;
import io.murmuration.function.environment.EnvironmentProtocol.Message;
import io.murmuration.function.environment.RuntimeDoors;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;

/**
 * The listeners for processes of functions, one for each. They are not the front door's, because they are on loopback whatever that is on, are not
 * drained while invocations run, and their connections are idle for as long as a function is.
 *
 * <p>Owner: the environment that a listener is opened for. All end with the actor system.
 */
public final class RuntimeApi implements RuntimeDoors {
    private static final String LOOPBACK = "127.0.0.1";

    private final ActorSystem<?> system;
    private final Materializer materializer;
    private final ServerSettings settings;
    private final Chance chance;

    /** @param chance fit for secrets */
    public RuntimeApi(ActorSystem<?> system, Chance chance) {
        var defaults = ServerSettings.create(system.classicSystem());
        this.system = system;
        this.materializer = SystemMaterializer.get(system).materializer();
        this.settings = defaults.withTimeouts(defaults.getTimeouts()
                .withIdleTimeout(scala.concurrent.duration.Duration.Inf())
                .withRequestTimeout(scala.concurrent.duration.Duration.Zero()));
        this.chance = chance;
    }

    @Override
    public CompletionStage<Door> open(ActorRef<Message> environment) {
        return bind(hidden(), environment)
                // where the system has but one loopback address, the port alone has to do
                .exceptionallyCompose(unbound -> bind(LOOPBACK, environment))
                .thenApply(Opened::new);
    }

    private CompletionStage<ServerBinding> bind(String address, ActorRef<Message> environment) {
        return Http.get(system)
                .newServerAt(address, 0)
                .withSettings(settings)
                .bind(new RuntimeRoutes(environment, materializer)::answer);
    }

    /** One of four million loopback addresses, which with its port is as hard to find as a password of eight letters. */
    private String hidden() {
        long drawn = chance.nextLong();
        return "127." + (1 + (drawn & 0x7F)) + "." + (drawn >> 8 & 0xFF) + "." + (1 + (drawn >> 16 & 0x7F));
    }

    private record Opened(ServerBinding binding) implements Door {
        @Override
        public String address() {
            var bound = binding.localAddress();
            return bound.getAddress().getHostAddress() + ":" + bound.getPort();
        }

        @Override
        public void close() {
            var unused = binding.unbind();
        }
    }
}
