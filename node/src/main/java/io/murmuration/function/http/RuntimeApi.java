package io.murmuration.function.http;

import io.murmuration.function.environment.Environments;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.stream.SystemMaterializer;

/**
 * The listener for processes of functions. It is not the front door's, because it is on loopback whatever that is on, is not drained while
 * invocations run, and its connections are idle for as long as a function is.
 *
 * <p>Owner: whoever starts functions on the node binds it before, and ends it after them.
 */
public final class RuntimeApi {
    private static final String LOOPBACK = "127.0.0.1";

    private final ServerBinding binding;

    private RuntimeApi(ServerBinding binding) {
        this.binding = binding;
    }

    /** Binds to a free port. */
    public static CompletionStage<RuntimeApi> bind(ActorSystem<?> system, Environments environments) {
        var routes =
                new RuntimeRoutes(environments, SystemMaterializer.get(system).materializer());
        var defaults = ServerSettings.create(system.classicSystem());
        var endless = scala.concurrent.duration.Duration.Inf();
        var settings = defaults.withTimeouts(defaults.getTimeouts()
                .withIdleTimeout(endless)
                .withRequestTimeout(scala.concurrent.duration.Duration.Zero()));
        return Http.get(system)
                .newServerAt(LOOPBACK, 0)
                .withSettings(settings)
                .bind(routes::answer)
                .thenApply(RuntimeApi::new);
    }

    /** Host and port. */
    public String address() {
        return LOOPBACK + ":" + binding.localAddress().getPort();
    }

    /** Ends all connections. */
    public CompletionStage<Done> close() {
        return binding.terminate(Duration.ofSeconds(1)).thenApply(terminated -> Done.getInstance());
    }
}
