package io.murmuration.protocol.gateway;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.gateway.GatewayRequest.Page;
import io.murmuration.protocol.gateway.GatewayRequest.Part;
import io.murmuration.protocol.gateway.payload.PathText;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the requests of API Gateway's second REST interface. Refusals are {@link ServiceException}s. */
public final class GatewayRequestCodec {
    /** All its paths begin so. */
    public static final String ROOT = "/v2/";

    private static final Pattern APIS = Pattern.compile("/v2/apis(?:/([^/]+)(?:/([a-z]+)(?:/([^/]+)(?:/(.+))?)?)?)?/?");
    private static final int PAGE_MAX = 500;

    private GatewayRequestCodec() {}

    /** A value by its name, null if there is none. */
    public interface Values {
        @Nullable
        String get(String name);
    }

    /**
     * @param path as sent, percent-encoded
     * @param query decoded
     */
    public static GatewayRequest decode(String method, String path, Values query, byte[] body) {
        var parts = APIS.matcher(path);
        if (!parts.matches()) {
            throw unknown();
        }
        var api = decoded(parts.group(1));
        var kind = parts.group(2);
        var id = decoded(parts.group(3));
        var rest = parts.group(4);
        if (api == null) {
            return switch (method) {
                case "POST" -> createApi(JsonTree.parse(body));
                case "GET" -> new GatewayRequest.GetApis(page(query));
                default -> throw unknown();
            };
        }
        if (kind == null) {
            return switch (method) {
                case "GET" -> new GatewayRequest.GetApi(api);
                case "PATCH" -> updateApi(api, JsonTree.parse(body));
                case "DELETE" -> new GatewayRequest.DeleteApi(api);
                default -> throw unknown();
            };
        }
        if (rest != null) {
            return ofStage(method, api, kind, Objects.requireNonNull(id), rest);
        }
        if (id == null) {
            return ofAll(method, api, kind, query, body);
        }
        return ofOne(method, api, kind, id, body);
    }

    private static GatewayRequest createApi(JsonTree body) {
        var protocol = body.text("protocolType");
        if (!"HTTP".equals(protocol)) {
            throw "WEBSOCKET".equals(protocol)
                    ? GatewayErrors.invalid("APIs of the protocol type WEBSOCKET are not supported here yet.")
                    : GatewayErrors.invalid("protocolType must be HTTP or WEBSOCKET.");
        }
        return new GatewayRequest.CreateApi(ChangeReader.api(body), body.text("target"), body.text("routeKey"));
    }

    private static GatewayRequest updateApi(String api, JsonTree body) {
        return new GatewayRequest.UpdateApi(api, ChangeReader.api(body), body.text("target"), body.text("routeKey"));
    }

    /** A collection of an API's parts, or what it has but once. */
    private static GatewayRequest ofAll(String method, String api, String kind, Values query, byte[] body) {
        if (kind.equals("cors") && method.equals("DELETE")) {
            return new GatewayRequest.DeleteCors(api);
        }
        var part = part(kind);
        if (method.equals("GET")) {
            return new GatewayRequest.ListParts(api, part, page(query));
        }
        if (!method.equals("POST")) {
            throw unknown();
        }
        var tree = JsonTree.parse(body);
        return switch (part) {
            case ROUTE -> new GatewayRequest.CreateRoute(api, ChangeReader.route(tree));
            case INTEGRATION -> new GatewayRequest.CreateIntegration(api, ChangeReader.integration(tree));
            case STAGE ->
                new GatewayRequest.CreateStage(
                        api, Objects.requireNonNullElse(tree.text("stageName"), ""), ChangeReader.stage(tree));
            case DEPLOYMENT ->
                new GatewayRequest.CreateDeployment(
                        api, Objects.requireNonNullElse(ChangeReader.description(tree), ""), tree.text("stageName"));
        };
    }

    private static GatewayRequest ofOne(String method, String api, String kind, String id, byte[] body) {
        var part = part(kind);
        return switch (method) {
            case "GET" -> new GatewayRequest.GetPart(api, part, id);
            case "DELETE" -> new GatewayRequest.DeletePart(api, part, id);
            case "PATCH" -> update(api, part, id, JsonTree.parse(body));
            default -> throw unknown();
        };
    }

    private static GatewayRequest update(String api, Part part, String id, JsonTree body) {
        return switch (part) {
            case ROUTE -> new GatewayRequest.UpdateRoute(api, id, ChangeReader.route(body));
            case INTEGRATION -> new GatewayRequest.UpdateIntegration(api, id, ChangeReader.integration(body));
            case STAGE -> new GatewayRequest.UpdateStage(api, id, ChangeReader.stage(body));
            case DEPLOYMENT -> new GatewayRequest.UpdateDeployment(api, id, ChangeReader.description(body));
        };
    }

    private static GatewayRequest ofStage(String method, String api, String kind, String stage, String rest) {
        if (!kind.equals("stages") || !method.equals("DELETE")) {
            throw unknown();
        }
        if (rest.equals("accesslogsettings")) {
            return new GatewayRequest.DeleteAccessLog(api, stage);
        }
        var settings = "routesettings/";
        if (rest.startsWith(settings)) {
            return new GatewayRequest.DeleteRouteSettings(
                    api, stage, PathText.decoded(rest.substring(settings.length())));
        }
        throw unknown();
    }

    private static Part part(String kind) {
        return switch (kind) {
            case "routes" -> Part.ROUTE;
            case "integrations" -> Part.INTEGRATION;
            case "stages" -> Part.STAGE;
            case "deployments" -> Part.DEPLOYMENT;
            default -> throw unknown();
        };
    }

    private static Page page(Values query) {
        var max = query.get("maxResults");
        if (max != null && (!max.matches("[0-9]{1,9}") || Integer.parseInt(max) == 0)) {
            throw GatewayErrors.invalid("maxResults must be a positive number.");
        }
        return new Page(max == null ? PAGE_MAX : Math.min(Integer.parseInt(max), PAGE_MAX), query.get("nextToken"));
    }

    private static @Nullable String decoded(@Nullable String encoded) {
        return encoded == null ? null : PathText.decoded(encoded);
    }

    private static ServiceException unknown() {
        return new ServiceException(
                new ServiceError(CommonError.UNKNOWN_OPERATION, "The operation is not supported here."));
    }
}
