package io.murmuration.function;

import io.murmuration.function.FunctionProtocol.Close;
import io.murmuration.function.FunctionProtocol.GiveUpIdle;
import io.murmuration.function.FunctionProtocol.Invoke;
import io.murmuration.function.FunctionProtocol.Retire;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the actor of a revision of a function when it is first invoked, and closes it when it is no longer used.
 *
 * <p>Owner: {@link FunctionNode}, one on each node.
 * <p>Invariants: one actor for each revision; none is closed while an invocation is on its way to it (it tells how many it received).
 * <p>Failure: a function's actor that fails is forgotten, and its callers wait until they have waited for long enough; the next invocation starts it anew.
 */
final class FunctionHost {
    private static final Logger log = LoggerFactory.getLogger(FunctionHost.class);

    private final ActorContext<Message> context;
    private final Function<Created, Behavior<FunctionProtocol.Message>> behaviors;
    private final Map<String, Hosted> byKey = new HashMap<>();
    private long created;

    sealed interface Message {}

    record InvokeFunction(Deployment deployment, Invoke invoke) implements Message {}

    /** The function holds nothing, having received so many invocations. */
    record Unused(Deployment deployment, long received) implements Message {}

    /** A function needs an environment, and the node has no room for one. */
    record NoRoom() implements Message {}

    /** @param number of the actor, never used again by this process */
    record Created(Deployment deployment, long number, ActorRef<Message> host) {}

    private record Hosted(ActorRef<FunctionProtocol.Message> actor, Deployment deployment, long sent) {}

    private FunctionHost(
            ActorContext<Message> context, Function<Created, Behavior<FunctionProtocol.Message>> behaviors) {
        this.context = context;
        this.behaviors = behaviors;
    }

    static Behavior<Message> create(Function<Created, Behavior<FunctionProtocol.Message>> behaviors) {
        return Behaviors.setup(context -> new FunctionHost(context, behaviors).ready());
    }

    private Behavior<Message> ready() {
        return Behaviors.receive(
                (context, message) -> {
                    switch (message) {
                        case InvokeFunction invoke -> onInvoke(invoke);
                        case Unused unused -> onUnused(unused);
                        case NoRoom noRoom ->
                            byKey.values().forEach(hosted -> hosted.actor().tell(new GiveUpIdle()));
                    }
                    return Behaviors.same();
                },
                (context, signal) -> {
                    if (signal instanceof Terminated ended) {
                        if (ended instanceof ChildFailed failed) {
                            log.error("A function's actor failed; please report this.", failed.getCause());
                        }
                        byKey.values().removeIf(hosted -> hosted.actor()
                                .path()
                                .equals(ended.getRef().path()));
                    }
                    return Behaviors.same();
                });
    }

    private void onInvoke(InvokeFunction message) {
        var key = message.deployment().key();
        var hosted = byKey.get(key);
        if (hosted == null) {
            hosted = started(message.deployment());
        }
        byKey.put(key, new Hosted(hosted.actor(), hosted.deployment(), hosted.sent() + 1));
        hosted.actor().tell(message.invoke());
    }

    private Hosted started(Deployment deployment) {
        byKey.values().stream()
                .filter(other -> other.deployment().functionKey().equals(deployment.functionKey()))
                .forEach(older -> older.actor().tell(new Retire()));
        long number = created++;
        var actor = context.spawn(
                behaviors.apply(new Created(deployment, number, context.getSelf())),
                "function-" + number,
                DispatcherSelector.fromConfig(io.murmuration.function.environment.EnvironmentActor.DISPATCHER));
        context.watch(actor);
        return new Hosted(actor, deployment, 0);
    }

    private void onUnused(Unused unused) {
        var key = unused.deployment().key();
        var hosted = byKey.get(key);
        if (hosted != null && hosted.sent() == unused.received()) {
            byKey.remove(key);
            hosted.actor().tell(new Close());
        }
    }
}
