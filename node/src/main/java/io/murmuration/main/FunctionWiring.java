package io.murmuration.main;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.function.CatalogueFunctions;
import io.murmuration.function.CodeAdmission;
import io.murmuration.function.FunctionNode;
import io.murmuration.function.FunctionRegistry;
import io.murmuration.function.FunctionSettings;
import io.murmuration.function.Functions;
import io.murmuration.function.code.CodeFolder;
import io.murmuration.function.code.ReplicatedCode;
import io.murmuration.function.environment.EnvironmentActor;
import io.murmuration.function.environment.Isolations;
import io.murmuration.function.http.CodeClient;
import io.murmuration.function.http.CodeRoutes;
import io.murmuration.function.http.FunctionAdapter;
import io.murmuration.function.http.RuntimeApi;
import io.murmuration.function.queue.AsyncInvocations;
import io.murmuration.function.queue.QueueNode;
import io.murmuration.function.queue.QueueSettings;
import io.murmuration.http.OwnRoute;
import io.murmuration.http.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.stream.SystemMaterializer;

/**
 * Functions on this node: their code, their registry, what runs them, and what serves them.
 *
 * @param functions the port for other capabilities
 * @param events the queue of invocations that nobody waits for
 * @param isolation how processes are kept apart, in words
 */
record FunctionWiring(
        Functions functions,
        FunctionRegistry registry,
        AsyncInvocations events,
        Service service,
        OwnRoute route,
        String isolation,
        CodeClient client) {
    private static final String RUNNING = "functions";
    private static final String CODE = "code";

    /** As Lambda's longest. */
    private static final Duration TIMEOUT_MAX = Duration.ofMinutes(15);

    private static final Duration SLACK = Duration.ofMinutes(1);

    static FunctionWiring start(Parts parts) {
        try {
            return wired(parts);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static FunctionWiring wired(Parts parts) throws IOException {
        var system = parts.system();
        var node = parts.folder().node();
        var disk = system.dispatchers().lookup(DispatcherSelector.fromConfig(EnvironmentActor.DISPATCHER));
        var endpoint = parts.endpoint();
        var settings =
                NodeConfig.functions(parts.settings(), parts.folder().path().resolve(RUNNING), endpoint);
        var client = new CodeClient(parts.addresses(), parts.signature());
        var folder = CodeFolder.open(parts.folder().path().resolve(CODE));
        var code = new ReplicatedCode(
                node.nodeId(), parts.links().nodes(), parts.folder().cluster().replicas(), folder, client, disk);
        var uploads = settings.folder().resolve("uploads");
        var registry = new CatalogueFunctions(
                parts.catalogue(), new CodeAdmission(code, uploads, disk), settings, Clock.system(), Chance.secure());
        var path = FunctionNode.path();
        // the data folder holds the cluster's secret and everybody's data
        var isolation = Isolations.best(
                path,
                settings.folder(),
                List.of(Objects.requireNonNull(
                        parts.folder().path().toAbsolutePath().getParent())),
                List.of(FunctionNode.shown(settings)));
        var functions = FunctionNode.start(
                system,
                registry,
                code,
                settings,
                isolation,
                new RuntimeApi(system, Chance.secure()),
                path,
                Clock.system(),
                Chance.secure());
        var events = QueueNode.start(
                system,
                parts.journal(),
                parts.links(),
                functions,
                QueueSettings.defaults(),
                Clock.system(),
                Chance.secure());
        var materializer = SystemMaterializer.get(system).materializer();
        var routes = new CodeRoutes(folder, code, parts.signature(), materializer, disk);
        var adapter = new FunctionAdapter(
                functions,
                events,
                registry,
                deployment -> "http://" + endpoint + routes.link(deployment.code()),
                name -> name.arn(settings.region(), settings.account()),
                longest(settings),
                uploads,
                materializer,
                disk);
        return new FunctionWiring(functions, registry, events, adapter, routes, isolation.words(), client);
    }

    Wired serve() {
        return new Wired(List.of(service), List.of(route), client::close);
    }

    private static Duration longest(FunctionSettings settings) {
        return settings.waitMax().plus(settings.initTimeout()).plus(TIMEOUT_MAX).plus(SLACK);
    }
}
