package io.murmuration.gateway.http;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2AsyncClient;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;

/** The SDK's asynchronous client, whose answers are waited for: the HTTP client of the JDK that the other one uses here cannot send a PATCH. */
final class Waiting {
    private Waiting() {}

    static ApiGatewayV2Client on(ApiGatewayV2AsyncClient client) {
        InvocationHandler calls = (proxy, method, arguments) -> {
            if (arguments != null && arguments[0] instanceof Consumer) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            var answer = ApiGatewayV2AsyncClient.class
                    .getMethod(method.getName(), method.getParameterTypes())
                    .invoke(client, arguments);
            try {
                return answer instanceof CompletableFuture<?> later ? later.join() : answer;
            } catch (CompletionException failed) {
                throw failed.getCause();
            }
        };
        return (ApiGatewayV2Client) Proxy.newProxyInstance(
                ApiGatewayV2Client.class.getClassLoader(), new Class<?>[] {ApiGatewayV2Client.class}, calls);
    }
}
