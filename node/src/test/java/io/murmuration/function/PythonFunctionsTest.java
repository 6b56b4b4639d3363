package io.murmuration.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.function.Bench.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions of the runtime python3.12, each in a real process. */
@Timeout(300)
class PythonFunctionsTest {
    private static final String RUNTIME = "python3.12";

    private static Bench bench;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        Bench.needs("python3");
        bench = Bench.start(folder.resolve("functions"));
    }

    @AfterAll
    static void close() {
        if (bench != null) {
            bench.close();
        }
    }

    @Test
    void a_handler_replies_with_what_it_returns() {
        var outcome = invoke(
                "def handler(event, context):\n  return {'got': event['bird'], 'n': None}\n",
                "{\"bird\":\"étourneau\"}");

        assertThat(outcome.payload()).isEqualTo("{\"got\": \"étourneau\", \"n\": null}");
        assertThat(outcome.error()).isEmpty();
    }

    @Test
    void the_function_finds_what_lambda_tells_it() {
        var outcome = invoke("""
                import os
                def handler(event, context):
                  left = context.get_remaining_time_in_millis()
                  return [context.function_name, context.function_version, context.memory_limit_in_mb, context.aws_request_id,
                          context.invoked_function_arn, 0 < left <= 60000, os.environ['AWS_REGION'], os.environ['FLOCK'],
                          os.environ['LAMBDA_TASK_ROOT'] == os.getcwd(), os.environ['_X_AMZN_TRACE_ID'].startswith('Root=1-')]
                """, "{}");

        assertThat(outcome.payload())
                .isEqualTo(
                        "[\"f\", \"$LATEST\", \"128\", \"" + outcome.requestId()
                                + "\", \"arn:aws:lambda:us-east-1:000000000000:function:f\", true, \"us-east-1\", \"starlings\", true, true]");
    }

    @Test
    void modules_in_folders_are_loaded() {
        bench.deploy(
                "deep",
                RUNTIME,
                "src/app.handle",
                Map.of(
                        "src/app.py", "import other\ndef handle(event, context):\n  return other.X\n",
                        "other.py", "X = 42\n"));

        assertThat(bench.invoke("deep", "{}").payload()).isEqualTo("42");
    }

    @Test
    void an_error_of_the_handler_is_passed_through_and_the_process_goes_on() {
        deploy("""
                n = 0
                def handler(event, context):
                  global n
                  n += 1
                  if 'fail' in event:
                    raise ValueError('no wings')
                  return n
                """);

        var failed = bench.invoke("f", "{\"fail\":1}");

        assertThat(failed.error()).isEqualTo("Unhandled");
        assertThat(failed.payload())
                .startsWith("{\"errorMessage\": \"no wings\", \"errorType\": \"ValueError\", \"requestId\": \""
                        + failed.requestId() + "\", \"stackTrace\": [\"  File ")
                .contains("raise ValueError('no wings')");
        assertThat(failed.log()).contains("[ERROR] ValueError: no wings\nTraceback (most recent call last):\n");
        assertThat(bench.invoke("f", "{}").payload()).isEqualTo("2");
    }

    @Test
    void an_error_may_have_any_name() {
        deploy("""
                def handler(event, context):
                  raise type(event['name'], (Exception,), {})('no wings')
                """);

        for (var name : List.of("Гнездо", "Prüfungsfehler", "Liberté", "Espa\\u00f1", "A\\r\\nX: y")) {
            var failed = bench.invoke("f", "{\"name\":\"" + name + "\"}");
            assertThat(failed.payload()).startsWith("{\"errorMessage\": \"no wings\", \"errorType\": \"");
        }
        assertThat(bench.invoke("f", "{\"name\":\"Plain\"}").log())
                .as("the same process")
                .doesNotContain("Init Duration");
    }

    @Test
    void modules_that_lambda_has_loaded_are_there() {
        var outcome = invoke("""
                import urllib
                def handler(event, context):
                  return urllib.parse.unquote_plus(event['key'])
                """, "{\"key\":\"a+b\"}");

        assertThat(outcome.payload()).isEqualTo("\"a b\"");
    }

    @Test
    void what_a_function_sets_for_its_own_sockets_does_not_end_its_wait_for_the_next_call() throws Exception {
        deploy("""
                import socket
                socket.setdefaulttimeout(0.01)
                n = 0
                def handler(event, context):
                  global n
                  n += 1
                  return n
                """);
        assertThat(bench.invoke("f", "{}").payload()).isEqualTo("1");

        Thread.sleep(200);

        assertThat(bench.invoke("f", "{}").payload()).isEqualTo("2");
    }

    @Test
    void the_log_holds_what_was_printed_and_logged() {
        var outcome = invoke("""
                import logging, sys
                def handler(event, context):
                  print('printed')
                  print('to the side', file=sys.stderr)
                  logging.getLogger().warning('warned')
                """, "{}");

        assertThat(outcome.log())
                .containsSubsequence(
                        "START RequestId: " + outcome.requestId(),
                        "printed\nto the side\n[WARNING]\t",
                        "\t" + outcome.requestId() + "\twarned\n",
                        "END RequestId: ");
    }

    @Test
    void what_cannot_be_loaded_or_told_is_named_by_its_kind() {
        assertThat(invoke("import not_there\n", "{}").payload())
                .startsWith("{\"errorMessage\": \"Unable to import module 'index': No module named 'not_there'\","
                        + " \"errorType\": \"Runtime.ImportModuleError\"");
        assertThat(invoke("x = 1\n", "{}").payload())
                .startsWith("{\"errorMessage\": \"Handler 'handler' missing on module 'index'\","
                        + " \"errorType\": \"Runtime.HandlerNotFound\"");
        assertThat(invoke("def handler(:\n", "{}").payload()).contains("\"Runtime.UserCodeSyntaxError\"");
        assertThat(invoke("def handler(event, context):\n  return {1}\n", "{}").payload())
                .startsWith(
                        "{\"errorMessage\": \"Unable to marshal response: Object of type set is not JSON serializable\","
                                + " \"errorType\": \"Runtime.MarshalError\"");
    }

    @Test
    void a_handler_that_ends_the_process_is_told_with_its_status() {
        assertThat(invoke("import sys\ndef handler(event, context):\n  sys.exit(4)\n", "{}")
                        .payload())
                .contains("Runtime.ExitError", "exit status 4");
        assertThat(invoke("import os\ndef handler(event, context):\n  os.abort()\n", "{}")
                        .payload())
                .contains("Runtime.ExitError", "signal: aborted");
    }

    @Test
    void a_handler_that_does_not_end_in_time_is_killed() {
        var zip = Zip.of(
                Map.of(
                        "index.py",
                        "import time\ndef handler(event, context):\n  print('begun')\n  while 'hang' in event:\n    time.sleep(1)\n"));
        bench.deploy("f", RUNTIME, "index.handler", zip, 3, OptionalInt.empty());
        var late = bench.invoke("f", "{\"hang\":1}");

        assertThat(late.payload()).contains("Task timed out after 3.00 seconds");
        assertThat(late.log())
                .containsSubsequence("START", "begun\n", "Task timed out after 3.00 seconds", "END", "REPORT");
    }

    private static Outcome invoke(String code, String payload) {
        deploy(code);
        return bench.invoke("f", payload);
    }

    private static void deploy(String code) {
        bench.deploy("f", RUNTIME, "index.handler", Map.of("index.py", code));
    }
}
