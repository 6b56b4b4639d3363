package io.murmuration.protocol.gateway.payload;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Payload format 1.0, as HTTP APIs send it: what is not there is null, and each name has its last value and all of them. */
record FirstFormat(ProxyRequest request) {
    /** What the gateway itself sets, or knows, is written so; any other name in lower case. */
    private static final Map<String, String> NAMES = Map.of(
            "content-length", "Content-Length",
            "host", "Host",
            "user-agent", "User-Agent",
            "x-amzn-trace-id", "X-Amzn-Trace-Id",
            "x-forwarded-for", "X-Forwarded-For",
            "x-forwarded-port", "X-Forwarded-Port",
            "x-forwarded-proto", "X-Forwarded-Proto");

    private static final List<String> UNKNOWN_CALLER = List.of(
            "accessKey",
            "accountId",
            "caller",
            "cognitoAuthenticationProvider",
            "cognitoAuthenticationType",
            "cognitoIdentityId",
            "cognitoIdentityPoolId",
            "principalOrgId",
            "user",
            "userArn");

    void write(JsonGenerator to) throws IOException {
        to.writeStringField("resource", request.resource());
        to.writeStringField("path", request.path());
        to.writeStringField("httpMethod", request.method());
        var headers = EventWriter.headers(request);
        last(to, "headers", headers);
        all(to, "multiValueHeaders", headers);
        var query = Query.parameters(request.rawQuery());
        last(to, "queryStringParameters", query);
        all(to, "multiValueQueryStringParameters", query);
        context(to);
        textsOrNull(to, "pathParameters", request.pathParameters());
        textsOrNull(to, "stageVariables", request.stageVariables());
        boolean base64 = EventWriter.writeBody(to, request);
        if (request.body().length == 0) {
            to.writeNullField("body");
        }
        to.writeBooleanField("isBase64Encoded", base64);
    }

    private static String name(String lowerCase) {
        return NAMES.getOrDefault(lowerCase, lowerCase);
    }

    private static void last(JsonGenerator to, String name, Map<String, List<String>> values) throws IOException {
        if (values.isEmpty()) {
            to.writeNullField(name);
            return;
        }
        to.writeObjectFieldStart(name);
        for (var value : values.entrySet()) {
            to.writeStringField(name(value.getKey()), value.getValue().getLast());
        }
        to.writeEndObject();
    }

    private static void all(JsonGenerator to, String name, Map<String, List<String>> values) throws IOException {
        if (values.isEmpty()) {
            to.writeNullField(name);
            return;
        }
        to.writeObjectFieldStart(name);
        for (var value : values.entrySet()) {
            to.writeArrayFieldStart(name(value.getKey()));
            for (var each : value.getValue()) {
                to.writeString(each);
            }
            to.writeEndArray();
        }
        to.writeEndObject();
    }

    private static void textsOrNull(JsonGenerator to, String name, Map<String, String> texts) throws IOException {
        if (texts.isEmpty()) {
            to.writeNullField(name);
        } else {
            EventWriter.texts(to, name, texts);
        }
    }

    private void context(JsonGenerator to) throws IOException {
        to.writeObjectFieldStart("requestContext");
        to.writeStringField("accountId", request.account());
        to.writeStringField("apiId", request.api());
        to.writeStringField("domainName", request.domainName());
        to.writeStringField("domainPrefix", request.domainPrefix());
        to.writeStringField("extendedRequestId", request.requestId());
        to.writeStringField("httpMethod", request.method());
        to.writeObjectFieldStart("identity");
        for (var unknown : UNKNOWN_CALLER) {
            to.writeNullField(unknown);
        }
        to.writeStringField("sourceIp", request.sourceIp());
        to.writeStringField("userAgent", request.header("user-agent"));
        to.writeEndObject();
        to.writeStringField("path", request.path());
        to.writeStringField("protocol", request.protocol());
        to.writeStringField("requestId", request.requestId());
        to.writeStringField("requestTime", EventWriter.time(request.timeMillis()));
        to.writeNumberField("requestTimeEpoch", request.timeMillis());
        to.writeNullField("resourceId");
        to.writeStringField("resourcePath", request.resource());
        to.writeStringField("stage", request.stage());
        to.writeEndObject();
    }
}
