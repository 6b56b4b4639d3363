package io.murmuration.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.typesafe.config.ConfigFactory;
import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.config.NodeSettings;
import io.murmuration.function.environment.Environments;
import io.murmuration.function.environment.Isolation;
import io.murmuration.function.http.FunctionAdapter;
import io.murmuration.function.http.RuntimeApi;
import io.murmuration.http.FrontDoor;
import io.murmuration.identity.Authenticator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lambda's REST interface through a bound port, spoken by an unmodified AWS SDK and by hand; the functions are real processes. */
@Timeout(300)
class LambdaClientTest {
    /** Uses every operation; an assertion that fails ends it with a status. */
    private static final String SCRIPT = """
            import base64, io, json, sys, textwrap, zipfile
            import boto3
            from botocore.config import Config
            from botocore.exceptions import ClientError

            aws = boto3.client('lambda', endpoint_url=sys.argv[1], region_name='us-east-1', aws_access_key_id='k',
                               aws_secret_access_key='s', config=Config(retries={'total_max_attempts': 1}, read_timeout=120))

            def code(text):
                packed = io.BytesIO()
                with zipfile.ZipFile(packed, 'w') as zip:
                    zip.writestr('app.py', textwrap.dedent(text))
                return packed.getvalue()

            def refused(name, status, call):
                try:
                    call()
                except ClientError as error:
                    told = (error.response['Error']['Code'], error.response['ResponseMetadata']['HTTPStatusCode'])
                    assert told == (name, status), told
                    return error.response['Error']['Message']
                raise AssertionError('not refused with ' + name)

            first = '''
            import os
            def handler(event, context):
                print('flying')
                if event.get('fail'):
                    raise ValueError('hawk')
                return {'got': event, 'flock': os.environ.get('FLOCK'), 'context': context.client_context and context.client_context.custom}
            '''
            made = dict(FunctionName='bird', Runtime='python3.12', Role='arn:aws:iam::000000000000:role/any', Handler='app.handler',
                        Code={'ZipFile': code(first)}, Timeout=60, MemorySize=256, Environment={'Variables': {'FLOCK': 'starlings'}})
            created = aws.create_function(**made)
            assert created['ResponseMetadata']['HTTPStatusCode'] == 201
            assert (created['FunctionName'], created['State'], created['Timeout'], created['MemorySize']) == ('bird', 'Active', 60, 256)
            assert created['FunctionArn'] == 'arn:aws:lambda:us-east-1:000000000000:function:bird'
            assert 'Function already exist: bird' in refused('ResourceConflictException', 409, lambda: aws.create_function(**made))

            answer = aws.invoke(FunctionName='bird', Payload=json.dumps({'n': 1}), LogType='Tail',
                                ClientContext=base64.b64encode(json.dumps({'custom': {'a': 'b'}}).encode()).decode())
            assert json.load(answer['Payload']) == {'got': {'n': 1}, 'flock': 'starlings', 'context': {'a': 'b'}}
            assert answer['ExecutedVersion'] == '$LATEST' and 'FunctionError' not in answer
            log = base64.b64decode(answer['LogResult']).decode()
            assert log.index('START RequestId: ') < log.index('flying') < log.index('REPORT RequestId: '), log
            assert json.load(aws.invoke(FunctionName=created['FunctionArn'])['Payload'])['got'] == {}

            failed = aws.invoke(FunctionName='bird', Payload=b'{"fail":true}')
            assert failed['StatusCode'] == 200 and failed['FunctionError'] == 'Unhandled' and 'LogResult' not in failed
            assert json.load(failed['Payload'])['errorMessage'] == 'hawk'

            changed = aws.update_function_configuration(FunctionName='bird', Environment={'Variables': {'FLOCK': 'geese'}})
            assert changed['Environment'] == {'Variables': {'FLOCK': 'geese'}} and changed['RevisionId'] != created['RevisionId']
            assert json.load(aws.invoke(FunctionName='bird')['Payload'])['flock'] == 'geese'
            refused('PreconditionFailedException', 412, lambda: aws.update_function_configuration(
                FunctionName='bird', Timeout=5, RevisionId=created['RevisionId']))
            aws.update_function_code(FunctionName='bird', ZipFile=code('def handler(event, context):\\n  return 2\\n'))
            assert json.load(aws.invoke(FunctionName='bird')['Payload']) == 2

            assert aws.get_function(FunctionName='bird')['Configuration']['Handler'] == 'app.handler'
            assert aws.get_function_configuration(FunctionName='bird')['Runtime'] == 'python3.12'
            aws.create_function(**{**made, 'FunctionName': 'cage'})
            pages = list(aws.get_paginator('list_functions').paginate(PaginationConfig={'PageSize': 1}))
            assert [f['FunctionName'] for page in pages for f in page['Functions']] == ['bird', 'cage']
            assert len(pages) == 2

            assert aws.invoke(FunctionName='bird', InvocationType='DryRun')['StatusCode'] == 204
            refused('InvalidParameterValueException', 400, lambda: aws.invoke(FunctionName='bird', InvocationType='Event'))
            refused('InvalidRequestContentException', 400, lambda: aws.invoke(FunctionName='bird', Payload=b'{not json'))
            refused('RequestTooLargeException', 413, lambda: aws.invoke(FunctionName='bird', Payload=b'"' + b'x' * 6291455 + b'"'))
            refused('ValidationException', 400, lambda: aws.update_function_configuration(FunctionName='bird', Timeout=901))
            refused('ResourceNotFoundException', 404, lambda: aws.invoke(FunctionName='absent'))
            assert 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:absent' in refused(
                'ResourceNotFoundException', 404, lambda: aws.get_function(FunctionName='absent'))
            aws.update_function_configuration(FunctionName='cage', Environment={'Variables': {'BAD': 'a\\0b'}})
            unstartable = aws.invoke(FunctionName='cage')
            assert unstartable['FunctionError'] == 'Unhandled'
            told = unstartable['Payload'].read().decode()
            assert 'Runtime.InvalidEntrypoint' in told and "cannot be given the function's environment variables" in told, told
            refused('ResourceNotFoundException', 404, lambda: aws.invoke(FunctionName='bird', Qualifier='7'))

            assert aws.delete_function(FunctionName='bird')['ResponseMetadata']['HTTPStatusCode'] == 204
            refused('ResourceNotFoundException', 404, lambda: aws.get_function(FunctionName='bird'))
            refused('ResourceNotFoundException', 404, lambda: aws.delete_function(FunctionName='bird'))
            """;

    private final Path folder;
    private ActorSystem<Void> system;
    private FrontDoor door;

    LambdaClientTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void open() throws IOException {
        system = ActorSystem.create(
                Behaviors.empty(),
                "lambda-client-test",
                ConfigFactory.parseResources("murmuration-node.conf").withFallback(ConfigFactory.load()));
        var environments = new Environments(Chance.secure());
        var api = Bench.await(RuntimeApi.bind(system, environments));
        var registry = new MemoryRegistry();
        var functions = FunctionNode.start(
                system,
                registry,
                Bench.patient(FunctionSettings.defaults(folder.resolve("functions"), "http://127.0.0.1:1")),
                Isolation.none(),
                environments,
                api.address(),
                FunctionNode.path(),
                Clock.system(),
                Chance.secure());
        var settings = new NodeSettings.Http(
                64,
                64 << 20,
                64L << 20,
                64L << 20,
                Duration.ofSeconds(120),
                Duration.ofSeconds(120),
                Duration.ofSeconds(1),
                List.of());
        var adapter = new FunctionAdapter(
                functions,
                registry,
                deployment -> "http://127.0.0.1:1/code",
                name -> name.arn("us-east-1", "000000000000"),
                64 << 20);
        door = Bench.await(FrontDoor.bind(
                system, "127.0.0.1", 0, settings, Authenticator.dev(Map.of()), List.of(), List.of(adapter)));
    }

    @AfterEach
    void close() {
        system.terminate();
        Bench.await(system.getWhenTerminated());
    }

    @Test
    void an_unmodified_boto3_creates_invokes_changes_lists_and_deletes_functions() throws Exception {
        Bench.needs("python3");
        assumeThat(python("-c", "import boto3")).as("boto3 is installed").isZero();
        var script = Files.writeString(folder.resolve("client.py"), SCRIPT);

        int status = python(script.toString(), "http://127.0.0.1:" + door.port());

        assertThat(status).as(Files.readString(output())).isZero();
    }

    @Test
    void an_unsigned_request_is_refused() throws Exception {
        var reply = send("GET", "/2015-03-31/functions", "");

        assertThat(reply.statusCode()).isEqualTo(403);
        assertThat(reply.headers().firstValue("x-amzn-ErrorType")).hasValue("MissingAuthenticationTokenException");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path))
                            .method(method, BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString(UTF_8));
        }
    }

    private int python(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start();
        try {
            return process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }

    private Path output() {
        return folder.resolve("client.log");
    }
}
