package io.murmuration.http;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.base.RequestIds;
import io.murmuration.config.NodeSettings;
import io.murmuration.identity.Authenticator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/**
 * The one listener of a node.
 *
 * <p>Owner: the guardian binds it, and drains it when the node stops.
 * <p>Invariants: what it works on, and what nobody takes of its replies, is bounded; every request is answered, at the latest when its deadline passes.
 * <p>Failure: a request that fails is answered with an error of its service; nothing that happens to one request touches another.
 */
public final class FrontDoor {
    /** The longest that a service may ask for: an invocation of a function, with the start of its environment. */
    public static final Duration PATIENCE_MAX = Duration.ofMinutes(17);

    private final ServerBinding binding;
    private final InFlight inFlight;

    private FrontDoor(ServerBinding binding, InFlight inFlight) {
        this.binding = binding;
        this.inFlight = inFlight;
    }

    /**
     * Binds and serves. Fails if the port is taken.
     *
     * @param address a loopback address
     * @param port 0 lets the system choose
     * @param services asked in this order whether a request is theirs
     */
    public static CompletionStage<FrontDoor> bind(
            ActorSystem<?> system,
            String address,
            int port,
            NodeSettings.Http settings,
            Authenticator authenticator,
            List<OwnRoute> routes,
            List<Service> services) {
        var clock = Clock.system();
        var ids = new RequestIds(Chance.system());
        var materializer = SystemMaterializer.get(system).materializer();
        var leftovers = new Leftovers(materializer, settings.requestTimeout());
        var inFlight = new InFlight(settings.requestsMax(), settings.bodiesBytesMax(), leftovers);
        Function<ReplyBudget.Share, Step.Next> steps = share -> Step.chain(
                List.of(
                        new Identification(services, settings.requestTimeout()),
                        new RequestId(),
                        new AccessLog(clock),
                        new CrossOrigin(settings.allowedOrigins()),
                        new OwnRoutes(routes),
                        new Replies(share, settings.idleTimeout()),
                        new Checksum(),
                        new Compression(),
                        inFlight,
                        new Errors(),
                        new Bodies(materializer, settings.requestTimeout(), leftovers),
                        new Deadline(clock),
                        new Authentication(authenticator)),
                call -> call.service().serve(call));
        var nobody = new NoService();
        long patienceNanos = settings.requestTimeout().toNanos();
        Function<HttpRequest, Call> arrived = request -> new Call(
                ids.next(), request, nobody, false, ByteString.emptyByteString(), clock.nanos() + patienceNanos);
        return Http.get(system)
                .newServerAt(address, port)
                .withSettings(serverSettings(system, settings))
                .bindFlow(connection(new ReplyBudget(settings.repliesBytesMax()), steps, arrived))
                .thenApply(binding -> new FrontDoor(binding, inFlight));
    }

    /** The port it listens on. */
    public int port() {
        return binding.localAddress().getPort();
    }

    /** Takes no new request, lets those at work finish within the patience, then closes all connections. */
    public CompletionStage<Done> drain(Duration patience) {
        inFlight.stop();
        return binding.terminate(patience).thenApply(terminated -> Done.getInstance());
    }

    /** What runs once for each connection, with steps of its own because of what its replies hold. */
    private static Flow<HttpRequest, HttpResponse, NotUsed> connection(
            ReplyBudget replies, Function<ReplyBudget.Share, Step.Next> steps, Function<HttpRequest, Call> arrived) {
        // not mapWithResource, which would move every request to the dispatcher for what blocks
        return Flow.of(HttpRequest.class)
                .<Connected, CompletionStage<HttpResponse>>statefulMap(
                        () -> Connected.with(replies.open(), steps),
                        (connected, request) ->
                                Pair.create(connected, Errors.surviving(arrived.apply(request), connected.steps())),
                        connected -> {
                            connected.share().close();
                            return Optional.empty();
                        })
                .mapAsync(1, answer -> answer);
    }

    private record Connected(ReplyBudget.Share share, Step.Next steps) {
        static Connected with(ReplyBudget.Share share, Function<ReplyBudget.Share, Step.Next> steps) {
            return new Connected(share, steps.apply(share));
        }
    }

    private static ServerSettings serverSettings(ActorSystem<?> system, NodeSettings.Http settings) {
        var defaults = ServerSettings.create(system.classicSystem());
        // a connection is as silent while a function works on its request as when its client is gone
        var silence = PATIENCE_MAX.plus(settings.idleTimeout());
        var idle = scala.jdk.javaapi.DurationConverters.toScala(silence);
        // the deadline here is a step of ours, which answers in the dialect of the service; at zero the library's own
        // stage is not even built
        return defaults.withRemoteAddressAttribute(true)
                .withTimeouts(defaults.getTimeouts()
                        .withIdleTimeout(idle)
                        .withRequestTimeout(scala.concurrent.duration.Duration.Zero()));
    }
}
