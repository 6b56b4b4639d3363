package io.murmuration.cli.demo.site;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Makes the tables. */
public final class SiteTables {
    private static final KeyType[] KEY_TYPES = {KeyType.HASH, KeyType.RANGE};

    private final DynamoDbClient client;

    public SiteTables(DynamoDbClient client) {
        this.client = client;
    }

    /** Returns the ARN of the stream of strikes. */
    String create(SiteNames names) {
        create(names.counts(), null, "species");
        create(names.photos(), null, "photo");
        create(names.events(), null, "event");
        return createStrikes(names.strikes());
    }

    /** Returns the ARN of its stream, whose records tell keys alone: the species is one of them. */
    public String createStrikes(String name) {
        create(name, StreamViewType.KEYS_ONLY, "species", "report");
        return client.describeTable(request -> request.tableName(name)).table().latestStreamArn();
    }

    private void create(String name, @Nullable StreamViewType view, String... key) {
        var attributes = Arrays.stream(key)
                .map(attribute -> AttributeDefinition.builder()
                        .attributeName(attribute)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .toList();
        var schema = IntStream.range(0, key.length)
                .mapToObj(place -> KeySchemaElement.builder()
                        .attributeName(key[place])
                        .keyType(KEY_TYPES[place])
                        .build())
                .toList();
        client.createTable(request -> {
            request.tableName(name)
                    .attributeDefinitions(attributes)
                    .keySchema(schema)
                    .billingMode(BillingMode.PAY_PER_REQUEST);
            if (view != null) {
                request.streamSpecification(StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(view)
                        .build());
            }
        });
        client.waiter().waitUntilTableExists(request -> request.tableName(name));
    }
}
