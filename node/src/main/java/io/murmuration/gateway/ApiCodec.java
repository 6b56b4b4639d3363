package io.murmuration.gateway;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.gateway.ApiState.Snapshot;
import io.murmuration.protocol.gateway.Api;
import io.murmuration.protocol.gateway.Cors;
import io.murmuration.protocol.gateway.Deployment;
import io.murmuration.protocol.gateway.Integration;
import io.murmuration.protocol.gateway.Route;
import io.murmuration.protocol.gateway.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An API as bytes of its resource. A route or integration that several snapshots share is written once: a deployment takes no more than the numbers of
 * what it holds, and what has changed since the one before.
 */
final class ApiCodec {
    private static final int VERSION = 1;
    private static final int USUAL_BYTES = 4096;

    private ApiCodec() {}

    static byte[] write(ApiState state) {
        var to = new ByteWriter(USUAL_BYTES).int8(VERSION);
        writeApi(to, state.api());
        var routes = new LinkedHashMap<Route, Integer>();
        var integrations = new LinkedHashMap<Integration, Integer>();
        number(routes, state.routes().values());
        number(integrations, state.integrations().values());
        for (var snapshot : state.deployments().values()) {
            number(routes, snapshot.routes());
            number(integrations, snapshot.integrations());
        }
        to.int32(routes.size());
        routes.keySet().forEach(route -> writeRoute(to, route));
        to.int32(integrations.size());
        integrations.keySet().forEach(integration -> writeIntegration(to, integration));
        // those of now come first
        to.int32(state.routes().size()).int32(state.integrations().size());
        to.int32(state.deployments().size());
        for (var snapshot : state.deployments().values()) {
            var deployment = snapshot.deployment();
            to.text(deployment.id()).text(deployment.description()).flag(deployment.auto());
            to.int64(deployment.createdMillis());
            writeNumbers(to, snapshot.routes(), routes);
            writeNumbers(to, snapshot.integrations(), integrations);
        }
        to.int32(state.stages().size());
        state.stages().values().forEach(stage -> StageCodec.write(to, stage));
        return to.toBytes();
    }

    static ApiState read(byte[] bytes) {
        var from = new ByteReader(bytes);
        int version = from.int8();
        if (version != VERSION) {
            throw new IllegalArgumentException("an API of an unknown format: " + version);
        }
        var api = readApi(from);
        var routes = new ArrayList<Route>();
        for (int left = from.count(); left > 0; left--) {
            routes.add(readRoute(from));
        }
        var integrations = new ArrayList<Integration>();
        for (int left = from.count(); left > 0; left--) {
            integrations.add(readIntegration(from));
        }
        var routesNow = new TreeMap<String, Route>();
        routes.subList(0, from.int32()).forEach(route -> routesNow.put(route.id(), route));
        var integrationsNow = new TreeMap<String, Integration>();
        integrations.subList(0, from.int32()).forEach(each -> integrationsNow.put(each.id(), each));
        var deployments = new TreeMap<String, Snapshot>();
        for (int left = from.count(); left > 0; left--) {
            var deployment = new Deployment(from.text(), from.text(), from.flag(), from.int64());
            deployments.put(
                    deployment.id(),
                    new Snapshot(deployment, readNumbers(from, routes), readNumbers(from, integrations)));
        }
        var stages = new TreeMap<String, Stage>();
        for (int left = from.count(); left > 0; left--) {
            var stage = StageCodec.read(from);
            stages.put(stage.name(), stage);
        }
        from.end();
        return new ApiState(api, routesNow, integrationsNow, stages, deployments);
    }

    private static <T> void number(Map<T, Integer> numbers, Iterable<T> values) {
        values.forEach(value -> numbers.putIfAbsent(value, numbers.size()));
    }

    private static <T> void writeNumbers(ByteWriter to, List<T> values, Map<T, Integer> numbers) {
        to.int32(values.size());
        for (var value : values) {
            var number = numbers.get(value);
            if (number == null) {
                throw new IllegalStateException("a part of a snapshot that has no number");
            }
            to.int32(number);
        }
    }

    private static <T> List<T> readNumbers(ByteReader from, List<T> values) {
        var found = new ArrayList<T>();
        for (int left = from.count(); left > 0; left--) {
            found.add(values.get(from.int32()));
        }
        return found;
    }

    private static void writeApi(ByteWriter to, Api api) {
        to.text(api.id()).text(api.name()).text(api.description()).text(api.version());
        to.flag(api.endpointDisabled());
        var cors = api.cors();
        to.flag(cors != null);
        if (cors != null) {
            to.flag(cors.allowCredentials());
            StageCodec.writeTexts(to, cors.allowHeaders());
            StageCodec.writeTexts(to, cors.allowMethods());
            StageCodec.writeTexts(to, cors.allowOrigins());
            StageCodec.writeTexts(to, cors.exposeHeaders());
            to.flag(cors.maxAgeSeconds() != null).int32(cors.maxAgeSeconds() == null ? 0 : cors.maxAgeSeconds());
        }
        StageCodec.writeTextsByName(to, api.tags());
        to.int64(api.createdMillis());
    }

    private static Api readApi(ByteReader from) {
        return new Api(
                from.text(),
                from.text(),
                from.text(),
                from.text(),
                from.flag(),
                from.flag() ? readCors(from) : null,
                StageCodec.readTextsByName(from),
                from.int64());
    }

    private static Cors readCors(ByteReader from) {
        boolean credentials = from.flag();
        var headers = StageCodec.readTexts(from);
        var methods = StageCodec.readTexts(from);
        var origins = StageCodec.readTexts(from);
        var exposed = StageCodec.readTexts(from);
        boolean aged = from.flag();
        int age = from.int32();
        return new Cors(credentials, headers, methods, origins, exposed, aged ? age : null);
    }

    private static void writeRoute(ByteWriter to, Route route) {
        to.text(route.id()).text(route.key());
        StageCodec.writeOptional(to, route.integrationId());
        to.text(route.operationName()).flag(route.managed());
    }

    private static Route readRoute(ByteReader from) {
        return new Route(from.text(), from.text(), StageCodec.readOptional(from), from.text(), from.flag());
    }

    private static void writeIntegration(ByteWriter to, Integration integration) {
        to.text(integration.id()).text(integration.type().name()).text(integration.uri());
        to.text(integration.method()).text(integration.payloadFormat()).int32(integration.timeoutMillis());
        to.text(integration.description()).flag(integration.managed());
    }

    private static Integration readIntegration(ByteReader from) {
        return new Integration(
                from.text(),
                Integration.Type.valueOf(from.text()),
                from.text(),
                from.text(),
                from.text(),
                from.int32(),
                from.text(),
                from.flag());
    }
}
