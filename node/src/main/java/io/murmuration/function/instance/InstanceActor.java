package io.murmuration.function.instance;

import io.murmuration.function.environment.EndReason;
import io.murmuration.function.environment.EnvironmentActor;
import io.murmuration.function.environment.EnvironmentProtocol;
import io.murmuration.function.environment.EnvironmentSpec;
import io.murmuration.function.environment.Invocation;
import io.murmuration.function.instance.InstanceProtocol.End;
import io.murmuration.function.instance.InstanceProtocol.Ended;
import io.murmuration.function.instance.InstanceProtocol.EnvironmentSaid;
import io.murmuration.function.instance.InstanceProtocol.Event;
import io.murmuration.function.instance.InstanceProtocol.Finished;
import io.murmuration.function.instance.InstanceProtocol.Idle;
import io.murmuration.function.instance.InstanceProtocol.Leave;
import io.murmuration.function.instance.InstanceProtocol.MakeRoom;
import io.murmuration.function.instance.InstanceProtocol.Message;
import io.murmuration.function.instance.InstanceProtocol.NoRoom;
import io.murmuration.function.instance.InstanceProtocol.OwnWord;
import io.murmuration.function.instance.InstanceProtocol.PreparationFailed;
import io.murmuration.function.instance.InstanceProtocol.Prepared;
import io.murmuration.function.instance.InstanceProtocol.Run;
import io.murmuration.function.instance.InstanceProtocol.Start;
import io.murmuration.function.runtime.RuntimeMissingException;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of a function: a sharded entity that owns one execution environment.
 *
 * <pre>
 * blank ──Start──▶ preparing ──code unpacked──▶ running ──environment gone──▶ passivated
 *   └─no room, not its node─▶ passivated └──failed──▶ passivated
 * </pre>
 *
 * <p>Owner: cluster sharding; its function, whose entity it watches and does not outlive.
 * <p>Invariants: what it tells its function comes in the order of {@link EnvironmentActor}'s events; {@link Ended} or {@link NoRoom} is the last.
 * <p>Failure: whoever watches it learns that it ended; an invocation that it had begun then has an unknown outcome.
 */
final class InstanceActor {
    private static final Logger log = LoggerFactory.getLogger(InstanceActor.class);

    private final ActorContext<Message> context;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Surroundings around;

    /**
     * What every instance of a node needs.
     *
     * @param place this process, as names of instances say it
     */
    record Surroundings(Supplier<String> place, Codes codes, InstancePool pool, EnvironmentStarts environments) {}

    /** Makes the setup of a new environment, with a folder of its own. */
    interface EnvironmentStarts {
        EnvironmentActor.Setup next();
    }

    private InstanceActor(
            ActorContext<Message> context, ActorRef<ClusterSharding.ShardCommand> shard, Surroundings around) {
        this.context = context;
        this.shard = shard;
        this.around = around;
    }

    static Behavior<Message> create(ActorRef<ClusterSharding.ShardCommand> shard, Surroundings around) {
        return Behaviors.setup(context -> new InstanceActor(context, shard, around).blank());
    }

    private Behavior<Message> blank() {
        return Behaviors.receiveMessage(message -> switch (message) {
            case Start asked -> onStart(asked);
            case Leave leave -> Behaviors.stopped();
            // for one that was here before
            case Run run -> passivated();
            case End end -> passivated();
            case MakeRoom make -> Behaviors.same();
            case OwnWord word -> throw new IllegalStateException("an environment of an instance that was not started");
        });
    }

    private Behavior<Message> onStart(Start asked) {
        if (!InstanceNames.place(asked.instance()).equals(around.place().get())) {
            log.info(
                    "An instance was placed where it does not belong; its function starts another. instance={}",
                    asked.instance());
            asked.owner().tell(new NoRoom(asked.instance()));
            return passivated();
        }
        if (!around.pool().take()) {
            asked.owner().tell(new NoRoom(asked.instance()));
            return passivated();
        }
        return new Running(asked).preparing();
    }

    /** Ends once sharding has let go of it. */
    private Behavior<Message> passivated() {
        shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        return Behaviors.receiveMessage(message -> message instanceof Leave ? Behaviors.stopped() : Behaviors.same());
    }

    /** From the start on; it holds a place and its function's code. */
    private final class Running {
        private final Start start;
        private final ActorRef<Event> owner;
        private @Nullable ActorRef<EnvironmentProtocol.Message> environment;
        private boolean busy;
        /** The node leaves: it finishes what it is at, for as long as sharding waits. */
        private boolean leaving;

        Running(Start start) {
            this.start = start;
            this.owner = start.owner();
        }

        Behavior<Message> preparing() {
            context.watch(owner);
            context.pipeToSelf(
                    around.codes().use(start.deployment()),
                    (spec, failure) -> spec == null ? new PreparationFailed(failure) : new Prepared(spec));
            return Behaviors.receive((context, message) -> onMessage(message), (context, signal) -> onSignal(signal));
        }

        private Behavior<Message> onMessage(Message message) {
            switch (message) {
                case Prepared prepared -> onPrepared(prepared.spec());
                case PreparationFailed failed -> {
                    return over(end(cause(failed.cause())));
                }
                case EnvironmentSaid said -> {
                    return onEvent(said.event());
                }
                case Run run -> onRun(run);
                case End end -> onEnd();
                case MakeRoom make -> {
                    if (!busy) {
                        onEnd();
                    }
                }
                case Start twice -> throw new IllegalStateException("an instance that was started twice");
                case Leave leave -> {
                    leaving = true;
                    if (!busy) {
                        return Behaviors.stopped();
                    }
                }
            }
            return Behaviors.same();
        }

        private void onPrepared(EnvironmentSpec spec) {
            ActorRef<EnvironmentProtocol.Event> events =
                    context.messageAdapter(EnvironmentProtocol.Event.class, EnvironmentSaid::new);
            var started = context.spawn(
                    EnvironmentActor.create(spec, around.environments().next(), events),
                    "environment",
                    DispatcherSelector.fromConfig(EnvironmentActor.DISPATCHER));
            context.watch(started);
            environment = started;
        }

        private Behavior<Message> onEvent(EnvironmentProtocol.Event event) {
            switch (event) {
                case EnvironmentProtocol.BecameIdle idle -> {
                    busy = false;
                    if (leaving) {
                        return Behaviors.stopped();
                    }
                    around.pool().idle(context.getSelf());
                    owner.tell(new Idle(start.instance(), context.getSelf()));
                }
                case EnvironmentProtocol.Finished finished -> owner.tell(finished(finished));
                case EnvironmentProtocol.Ended ended -> {
                    context.unwatch(ended.environment());
                    return over(new InstanceEnd.OfEnvironment(ended.reason()));
                }
            }
            return Behaviors.same();
        }

        private Finished finished(EnvironmentProtocol.Finished finished) {
            var result = finished.result();
            return new Finished(
                    start.instance(),
                    result.requestId(),
                    result.payload().toArrayUnsafe(),
                    result.functionError().orElse(""),
                    result.logTail().isPresent(),
                    result.logTail().orElse(ByteString.emptyByteString()).toArrayUnsafe(),
                    finished.took().toNanos());
        }

        private void onRun(Run run) {
            busy = true;
            around.pool().busy(context.getSelf());
            if (environment != null) {
                environment.tell(new EnvironmentProtocol.Run(new Invocation(
                        run.requestId(),
                        run.arn(),
                        ByteString.fromArrayUnsafe(run.payload()),
                        run.traceId(),
                        run.clientContext(),
                        run.wantsLog())));
            }
        }

        /** Its environment's end is told when it has ended; one that is not there yet ends with this actor. */
        private void onEnd() {
            around.pool().busy(context.getSelf());
            if (environment != null) {
                environment.tell(new EnvironmentProtocol.End());
            }
        }

        private Behavior<Message> over(InstanceEnd end) {
            owner.tell(new Ended(start.instance(), EndCodec.encode(end)));
            context.unwatch(owner);
            release();
            return leaving ? Behaviors.stopped() : passivated();
        }

        private Behavior<Message> onSignal(Signal signal) {
            if (signal instanceof PostStop) {
                release();
            } else if (signal instanceof Terminated ended) {
                // its function, whose next incarnation does not know it; or its environment, which failed: nobody knows
                // what it did
                log.debug(
                        "An instance ends with another actor. instance={} other={}", start.instance(), ended.getRef());
                return Behaviors.stopped();
            }
            return Behaviors.same();
        }

        private void release() {
            around.pool().busy(context.getSelf());
            around.pool().giveBack();
            around.codes().release(start.deployment());
        }
    }

    private InstanceEnd end(@Nullable Throwable cause) {
        if (cause instanceof ServiceException refusal) {
            return new InstanceEnd.Refused(refusal.error());
        }
        if (cause instanceof RuntimeMissingException missing) {
            return new InstanceEnd.OfEnvironment(new EndReason.NotStarted(String.valueOf(missing.getMessage())));
        }
        log.error("A function's code could not be made ready.", cause);
        return new InstanceEnd.Refused(new ServiceError(
                CommonError.UNAVAILABLE, "The function's code could not be made ready; it was not called."));
    }

    private static @Nullable Throwable cause(@Nullable Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? cause(failure.getCause())
                : failure;
    }
}
