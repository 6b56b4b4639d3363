package io.murmuration.protocol.gateway.payload;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/** Payload format 2.0: what is not there is left out, values of one name are joined by commas. */
record SecondFormat(ProxyRequest request) {
    private static final String COOKIE = "cookie";

    void write(JsonGenerator to) throws IOException {
        to.writeStringField("routeKey", request.routeKey());
        to.writeStringField("rawPath", request.path());
        to.writeStringField("rawQueryString", request.rawQuery());
        var headers = EventWriter.headers(request);
        var cookies = headers.remove(COOKIE);
        if (cookies != null) {
            cookies(to, cookies);
        }
        to.writeObjectFieldStart("headers");
        for (var header : headers.entrySet()) {
            to.writeStringField(header.getKey(), String.join(",", header.getValue()));
        }
        to.writeEndObject();
        var query = Query.parameters(request.rawQuery());
        if (!query.isEmpty()) {
            to.writeObjectFieldStart("queryStringParameters");
            for (var parameter : query.entrySet()) {
                to.writeStringField(parameter.getKey(), String.join(",", parameter.getValue()));
            }
            to.writeEndObject();
        }
        context(to);
        boolean base64 = EventWriter.writeBody(to, request);
        if (!request.pathParameters().isEmpty()) {
            EventWriter.texts(to, "pathParameters", request.pathParameters());
        }
        to.writeBooleanField("isBase64Encoded", base64);
        if (!request.stageVariables().isEmpty()) {
            EventWriter.texts(to, "stageVariables", request.stageVariables());
        }
    }

    private static void cookies(JsonGenerator to, List<String> headers) throws IOException {
        to.writeArrayFieldStart("cookies");
        for (var header : headers) {
            for (var cookie : header.split(";", -1)) {
                if (!cookie.isBlank()) {
                    to.writeString(cookie.strip());
                }
            }
        }
        to.writeEndArray();
    }

    private void context(JsonGenerator to) throws IOException {
        to.writeObjectFieldStart("requestContext");
        to.writeStringField("accountId", request.account());
        to.writeStringField("apiId", request.api());
        to.writeStringField("domainName", request.domainName());
        to.writeStringField("domainPrefix", request.domainPrefix());
        to.writeObjectFieldStart("http");
        to.writeStringField("method", request.method());
        to.writeStringField("path", request.path());
        to.writeStringField("protocol", request.protocol());
        to.writeStringField("sourceIp", request.sourceIp());
        to.writeStringField("userAgent", request.header("user-agent"));
        to.writeEndObject();
        to.writeStringField("requestId", request.requestId());
        to.writeStringField("routeKey", request.routeKey());
        to.writeStringField("stage", request.stage());
        to.writeStringField("time", EventWriter.time(request.timeMillis()));
        to.writeNumberField("timeEpoch", request.timeMillis());
        to.writeEndObject();
    }
}
