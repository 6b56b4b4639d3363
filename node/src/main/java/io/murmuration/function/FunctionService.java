package io.murmuration.function;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.function.environment.Invocation;
import io.murmuration.function.environment.InvocationResult;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionConfiguration;
import io.murmuration.protocol.function.FunctionErrors;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** The port, in front of the actors: looks the function up, gives the invocation its id, bounds payloads. */
final class FunctionService implements Functions {
    /** What a kill, and a reply on its way, may take besides the times that are set. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    private final ActorRef<FunctionCaller.Message> caller;
    private final Deployments deployments;
    private final FunctionSettings settings;
    private final Room payloads;
    private final Chance chance;
    private final Clock clock;

    FunctionService(
            ActorRef<FunctionCaller.Message> caller,
            Deployments deployments,
            FunctionSettings settings,
            Clock clock,
            Chance chance) {
        this.caller = caller;
        this.deployments = deployments;
        this.settings = settings;
        this.payloads = new Room(settings.payloadBytesMax());
        this.clock = clock;
        this.chance = chance;
    }

    @Override
    public CompletionStage<Answer> invoke(Call call) {
        int bytes = call.payload().size();
        if (bytes > FunctionErrors.REQUEST_BYTES_MAX) {
            return refused(FunctionErrors.requestTooLarge());
        }
        if (!payloads.take(bytes)) {
            return refused(FunctionErrors.throttled());
        }
        return deployments
                .find(call.function().name(), call.function().qualifierOrLatest())
                .thenCompose(found -> found.isEmpty()
                        ? refused(FunctionErrors.notFound(call.function().arn(settings.region(), settings.account())))
                        : invoke(call, found.get()))
                .whenComplete((answer, failure) -> payloads.giveBack(bytes));
    }

    private CompletionStage<Answer> invoke(Call call, Deployment deployment) {
        var function = deployment.configuration();
        var qualifier = call.function().qualifier();
        var arn = qualifier == null ? function.arn() : function.arn() + ":" + qualifier;
        var id = call.requestId().isEmpty() ? RandomIds.uuid(chance) : call.requestId();
        var invocation = new Invocation(id, arn, call.payload(), traceId(call), call.clientContext(), call.wantsLog());
        var patience = settings.waitMax()
                .plus(settings.initTimeout())
                .plusSeconds(function.timeoutSeconds())
                .plus(SLACK);
        var answer = new CompletableFuture<InvocationResult>();
        caller.tell(new FunctionCaller.Call(entity(function), deployment, invocation, patience, answer));
        return answer.thenApply(result -> new Answer(result, function.version()));
    }

    private static String entity(FunctionConfiguration function) {
        return function.name() + "~" + function.version();
    }

    private static <T> CompletionStage<T> refused(ServiceError error) {
        return CompletableFuture.failedStage(new ServiceException(error));
    }

    /** As X-Ray's own, and not sampled, unless the caller brought one. */
    private String traceId(Call call) {
        if (!call.traceId().isEmpty()) {
            return call.traceId();
        }
        return String.format(
                "Root=1-%08x-%08x%016x;Parent=%016x;Sampled=0",
                clock.millis() / 1000, (int) chance.nextLong(), chance.nextLong(), chance.nextLong());
    }
}
