package io.murmuration.cli.demo.site;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.lambda.model.Filter;

/** Makes the functions, and has one called with what changes in the table of strikes. */
final class SiteFunctions {
    private static final int TIMEOUT_SECONDS = 30;
    private static final int MEMORY_MEGABYTES = 256;
    private static final int BATCH_MAX = 500;
    private static final String ROLE = "arn:aws:iam::000000000000:role/bird-strikes";

    /** A report that changes keeps its species. */
    private static final String COMING_AND_GOING = "{\"eventName\":[\"INSERT\",\"REMOVE\"]}";

    private final LambdaClient client;

    SiteFunctions(LambdaClient client) {
        this.client = client;
    }

    /** The ARNs of the functions that others call by them. */
    record Arns(String api, String photoNoter) {}

    Arns create(SiteNames names, Languages languages) {
        var api = create(
                names.api(),
                languages.api(),
                Map.of("STRIKES", names.strikes(), "COUNTS", names.counts(), "PHOTOS", names.photos()));
        create(names.counter(), languages.counter(), Map.of("COUNTS", names.counts()));
        var photos = create(names.photoNoter(), languages.photoNoter(), Map.of("PHOTOS", names.photos()));
        create(names.eventNoter(), languages.eventNoter(), Map.of("EVENTS", names.events()));
        for (var name : List.of(names.api(), names.counter(), names.photoNoter(), names.eventNoter())) {
            client.waiter().waitUntilFunctionActiveV2(request -> request.functionName(name));
        }
        return new Arns(api, photos);
    }

    private String create(String name, Languages.Code code, Map<String, String> variables) {
        return client.createFunction(request -> request.functionName(name)
                        .runtime(code.runtime())
                        .handler(code.handler())
                        .code(zip -> zip.zipFile(code.zip()))
                        .role(ROLE)
                        .timeout(TIMEOUT_SECONDS)
                        .memorySize(MEMORY_MEGABYTES)
                        .environment(environment -> environment.variables(variables)))
                .functionArn();
    }

    /** @param stream ARN of the stream of strikes */
    void count(String stream, SiteNames names) {
        var comingAndGoing = Filter.builder().pattern(COMING_AND_GOING).build();
        client.createEventSourceMapping(request -> request.functionName(names.counter())
                .eventSourceArn(stream)
                .startingPosition(EventSourcePosition.TRIM_HORIZON)
                .batchSize(BATCH_MAX)
                .filterCriteria(criteria -> criteria.filters(comingAndGoing)));
    }
}
