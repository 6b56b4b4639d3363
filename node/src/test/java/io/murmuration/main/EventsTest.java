package io.murmuration.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.murmuration.MostlyWaits;
import io.murmuration.function.Notebook;
import io.murmuration.function.Zip;
import io.murmuration.journal.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** Events and streams that call functions, on whole nodes under the unmodified SDK, each function a real process. */
@Timeout(180)
@MostlyWaits
class EventsTest {
    private static final String TABLE = "birds";

    /** Notes each event or record that it gets; waits where it is told to, until it may go on. */
    private static final String NOTES = Notebook.PYTHON + """
            import time
            def handler(event, context):
                for each in event.get('Records', [event]):
                    if 'dynamodb' in each:
                        note([' '.join([each['eventName'], each['dynamodb']['Keys']['name']['S'],
                                        each['eventSourceARN'].split('/')[1]])])
                    elif 'waits' in each:
                        note(['waiting ' + context.aws_request_id])
                        while not may_go():
                            time.sleep(0.1)
                        note(['done ' + context.aws_request_id])
                    else:
                        note([str(each.get('n')) + ' ' + context.aws_request_id])
            """;

    private final Path folder;
    private final Notebook notebook = new Notebook();

    EventsTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        var python = Pattern.compile(":")
                .splitAsStream(System.getenv("PATH"))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "python3")));
        assumeThat(python).as("python3 is on the PATH").isTrue();
    }

    @AfterEach
    void close() {
        notebook.close();
    }

    @Test
    void an_event_is_accepted_and_called_for_once() throws Exception {
        try (var cluster = new TestCluster(folder.resolve("cluster"), 1);
                var aws = cluster.lambda(1)) {
            create(aws, "notes");

            for (var n = 1; n <= 5; n++) {
                assertThat(event(aws, "notes", "{\"n\":" + n + "}")).isEqualTo(202);
            }

            LocalCluster.await(() -> notes().size() == 5);
            assertThat(notes())
                    .extracting(line -> line.split(" ")[0])
                    .containsExactlyInAnyOrder("1", "2", "3", "4", "5");
            assertThat(notes()).extracting(line -> line.split(" ")[1]).doesNotHaveDuplicates();
            assertThatThrownBy(() -> event(aws, "absent", "{}")).isInstanceOf(ResourceNotFoundException.class);
            assertThatThrownBy(() -> event(aws, "notes", "\"" + "x".repeat(1 << 20) + "\""))
                    .isInstanceOfSatisfying(LambdaException.class, refused -> assertThat(refused.statusCode())
                            .isEqualTo(413))
                    .hasMessageContaining("1048578 byte payload is too large for the Event invocation type");
            assertThatThrownBy(() -> event(aws, "notes", "no json"))
                    .isInstanceOfSatisfying(LambdaException.class, refused -> assertThat(
                                    refused.awsErrorDetails().errorCode())
                            .isEqualTo("InvalidRequestContentException"));
        }
    }

    @Test
    void an_event_whose_node_ends_in_the_middle_is_called_for_again_under_the_same_id() throws Exception {
        try (var cluster = new TestCluster(folder.resolve("cluster"), 3)) {
            try (var aws = cluster.lambda(1)) {
                create(aws, "notes");
                event(aws, "notes", "{\"waits\":true}");
                LocalCluster.await(() -> notes().size() == 1);
            }
            for (var node = 1; node <= 3; node++) {
                cluster.stop(node);
            }
            notebook.go();

            cluster.start(1, 2, 3);

            var id = notes().getFirst().split(" ")[1];
            LocalCluster.await(() -> notes().contains("done " + id));
        }
    }

    @Test
    void a_table_calls_a_function_with_its_changes() throws Exception {
        try (var cluster = new TestCluster(folder.resolve("cluster"), 3);
                var aws = cluster.lambda(1);
                var other = cluster.lambda(2);
                var dynamo = cluster.client(3)) {
            create(aws, "notes");
            var stream = createTable(dynamo);

            var made = aws.createEventSourceMapping(r -> r.functionName("notes")
                    .eventSourceArn(stream)
                    .startingPosition(EventSourcePosition.LATEST)
                    .batchSize(10));
            assertThat(made.state()).isEqualTo("Creating");
            assertThat(made.functionArn()).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:notes");
            assertThat(made.eventSourceArn()).isEqualTo(stream);
            assertThat(made.startingPosition()).isEqualTo(EventSourcePosition.LATEST);
            assertThat(made.maximumRetryAttempts()).isEqualTo(-1);
            LocalCluster.await(() -> other.getEventSourceMapping(r -> r.uuid(made.uuid()))
                    .state()
                    .equals("Enabled"));

            for (var n = 0; n < 10; n++) {
                put(dynamo, "bird-" + n);
            }
            dynamo.deleteItem(r -> r.tableName(TABLE).key(Map.of("name", AttributeValue.fromS("bird-3"))));

            LocalCluster.await(() -> notes().size() == 11);
            assertThat(notes()).contains("INSERT bird-0 birds", "INSERT bird-9 birds", "REMOVE bird-3 birds");
            assertThat(notes().indexOf("REMOVE bird-3 birds")).isGreaterThan(notes().indexOf("INSERT bird-3 birds"));
            LocalCluster.await(() -> other.getEventSourceMapping(r -> r.uuid(made.uuid()))
                    .lastProcessingResult()
                    .equals("OK"));

            var listed = other.listEventSourceMappings(
                            r -> r.functionName("notes").eventSourceArn(stream))
                    .eventSourceMappings();
            assertThat(listed).hasSize(1).allSatisfy(each -> assertThat(each.uuid())
                    .isEqualTo(made.uuid()));
            assertThat(other.listEventSourceMappings(r -> r.functionName("another"))
                            .eventSourceMappings())
                    .isEmpty();

            assertThat(aws.updateEventSourceMapping(
                                    r -> r.uuid(made.uuid()).enabled(false).batchSize(3))
                            .state())
                    .isEqualTo("Disabling");
            put(dynamo, "later");
            var changed = other.getEventSourceMapping(r -> r.uuid(made.uuid()));
            assertThat(changed.state()).isEqualTo("Disabled");
            assertThat(changed.batchSize()).isEqualTo(3);
            aws.updateEventSourceMapping(r -> r.uuid(made.uuid()).enabled(true));
            LocalCluster.await(() -> notes().contains("INSERT later birds"));

            assertThat(aws.deleteEventSourceMapping(r -> r.uuid(made.uuid())).state())
                    .isEqualTo("Deleting");
            assertThatThrownBy(() -> other.getEventSourceMapping(r -> r.uuid(made.uuid())))
                    .isInstanceOf(ResourceNotFoundException.class);
            assertThatThrownBy(() -> aws.createEventSourceMapping(r -> r.functionName("notes")
                            .eventSourceArn(stream)
                            .startingPosition(EventSourcePosition.LATEST)
                            .parallelizationFactor(2)))
                    .isInstanceOf(InvalidParameterValueException.class);
            assertThat(notes()).hasSize(12);
        }
    }

    private void create(LambdaClient aws, String name) {
        aws.createFunction(r -> r.functionName(name)
                .runtime(Runtime.PYTHON3_12)
                .role("arn:aws:iam::000000000000:role/any")
                .handler("app.handler")
                .timeout(60)
                .environment(e -> e.variables(Map.of("NOTES", notebook.address())))
                .code(c -> c.zipFile(SdkBytes.fromByteArray(Zip.of(Map.of("app.py", NOTES))))));
    }

    private static int event(LambdaClient aws, String function, String payload) {
        return aws.invoke(r -> r.functionName(function)
                        .invocationType(InvocationType.EVENT)
                        .payload(SdkBytes.fromUtf8String(payload)))
                .statusCode();
    }

    private static String createTable(DynamoDbClient dynamo) {
        return dynamo.createTable(r -> r.tableName(TABLE)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(AttributeDefinition.builder()
                                .attributeName("name")
                                .attributeType(ScalarAttributeType.S)
                                .build())
                        .keySchema(KeySchemaElement.builder()
                                .attributeName("name")
                                .keyType(KeyType.HASH)
                                .build())
                        .streamSpecification(s -> s.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)))
                .tableDescription()
                .latestStreamArn();
    }

    private static void put(DynamoDbClient dynamo, String name) {
        dynamo.putItem(r -> r.tableName(TABLE).item(Map.of("name", AttributeValue.fromS(name))));
    }

    private List<String> notes() {
        return notebook.lines();
    }
}
