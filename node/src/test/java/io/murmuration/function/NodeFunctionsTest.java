package io.murmuration.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.function.Bench.Outcome;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions of the runtime nodejs20.x, each in a real process. */
@Timeout(300)
class NodeFunctionsTest {
    private static final String RUNTIME = "nodejs20.x";

    private static Bench bench;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        Bench.needs("node");
        bench = Bench.start(folder.resolve("functions"));
    }

    @AfterAll
    static void close() {
        if (bench != null) {
            bench.close();
        }
    }

    @Test
    void an_async_handler_replies_with_what_it_returns() {
        var outcome = invoke("exports.handler = async (event) => ({ got: event.bird });", "{\"bird\":\"starling\"}");

        assertThat(outcome.payload()).isEqualTo("{\"got\":\"starling\"}");
        assertThat(outcome.error()).isEmpty();
        assertThat(UUID.fromString(outcome.requestId()).version()).isEqualTo(4);
    }

    @Test
    void a_handler_with_a_callback_replies_once_nothing_is_left_to_do() {
        var outcome = invoke(
                "let done = false; exports.handler = (event, context, callback) => {"
                        + " setTimeout(() => { done = true; }, 50); const reply = { toJSON: () => done }; callback(null, reply); };",
                "{}");

        assertThat(outcome.payload()).isEqualTo("true");
    }

    @Test
    void a_handler_that_says_nothing_replies_null() {
        assertThat(invoke("exports.handler = () => { };", "{}").payload()).isEqualTo("null");
        assertThat(invoke("exports.handler = async () => { };", "{}").payload()).isEqualTo("null");
    }

    @Test
    void modules_of_both_kinds_are_loaded() {
        bench.deploy(
                "esm",
                RUNTIME,
                "src/app.handle",
                Map.of(
                        "src/app.mjs",
                        "import { x } from './other.mjs'; const y = await Promise.resolve(1); export const handle = async () => x + y;",
                        "src/other.mjs",
                        "export const x = 41;"));
        bench.deploy(
                "typed",
                RUNTIME,
                "index.handler",
                Map.of(
                        "index.js", "export async function handler() { return 'module'; }",
                        "package.json", "{\"type\":\"module\"}"));
        bench.deploy(
                "nested",
                RUNTIME,
                "index.api.get",
                Map.of("index.cjs", "exports.api = { get: async () => require('node:path').basename('/a/b') };"));

        assertThat(bench.invoke("esm", "{}").payload()).isEqualTo("42");
        assertThat(bench.invoke("typed", "{}").payload()).isEqualTo("\"module\"");
        assertThat(bench.invoke("nested", "{}").payload()).isEqualTo("\"b\"");
    }

    @Test
    void the_function_finds_what_lambda_tells_it() {
        var outcome = invoke(
                "exports.handler = async (event, context) => [context.functionName, context.functionVersion,"
                        + " context.memoryLimitInMB, context.awsRequestId, context.invokedFunctionArn,"
                        + " context.getRemainingTimeInMillis() > 0, context.getRemainingTimeInMillis() <= 60000,"
                        + " process.env.AWS_REGION, process.env._HANDLER, process.env.AWS_LAMBDA_FUNCTION_NAME,"
                        + " process.env.LAMBDA_TASK_ROOT === process.cwd(), process.env.FLOCK, process.env.HOME === undefined];",
                "{}");

        assertThat(outcome.payload())
                .isEqualTo("[\"f\",\"$LATEST\",\"128\",\"" + outcome.requestId()
                        + "\",\"arn:aws:lambda:us-east-1:000000000000:function:f\",true,true,\"us-east-1\",\"index.handler\","
                        + "\"f\",true,\"starlings\",true]");
    }

    @Test
    void an_error_of_the_handler_is_passed_through() {
        var outcome = invoke("exports.handler = async () => { throw new TypeError('no wings'); };", "{}");

        assertThat(outcome.error()).isEqualTo("Unhandled");
        assertThat(outcome.payload())
                .startsWith(
                        "{\"errorType\":\"TypeError\",\"errorMessage\":\"no wings\",\"trace\":[\"TypeError: no wings\"");
    }

    @Test
    void a_process_serves_one_invocation_after_the_other_even_after_an_error() {
        deploy(
                "let n = 0; exports.handler = async (event) => { n++; if (event.fail) throw new Error('x'); return n; };");

        assertThat(bench.invoke("f", "{}").payload()).isEqualTo("1");
        assertThat(bench.invoke("f", "{\"fail\":true}").error()).isEqualTo("Unhandled");
        assertThat(bench.invoke("f", "{}").payload()).isEqualTo("3");
    }

    @Test
    void the_log_holds_all_that_was_written_and_the_report() {
        deploy(
                "console.log('loading'); exports.handler = async (event) => { console.log('saw', event); process.stdout.write('raw\\n'); };");

        var first = bench.invoke("f", "{\"n\":1}");
        var second = bench.invoke("f", "{\"n\":2}");

        assertThat(first.log())
                .containsSubsequence(
                        "\tINFO\tloading\n",
                        "START RequestId: " + first.requestId() + " Version: $LATEST\n",
                        "\t" + first.requestId() + "\tINFO\tsaw { n: 1 }\n",
                        "raw\n",
                        "END RequestId: " + first.requestId() + "\nREPORT RequestId: " + first.requestId()
                                + "\tDuration: ",
                        "\tMemory Size: 128 MB\t",
                        "Init Duration: ");
        assertThat(second.log())
                .startsWith("START RequestId: " + second.requestId())
                .contains("saw { n: 2 }")
                .doesNotContain("saw { n: 1 }", "loading", "Init Duration");
    }

    @Test
    void of_a_long_log_the_last_4_kilobytes_are_told() {
        var outcome = invoke(
                "exports.handler = async () => { for (let i = 0; i < 10000; i++) console.log('line', i); };", "{}");

        assertThat(outcome.log()).hasSize(4096).contains("line 9999\n").doesNotContain("START");
    }

    @Test
    void a_function_that_does_not_end_in_time_is_killed_and_the_next_call_gets_a_new_process() {
        var zip = Zip.of(
                Map.of(
                        "index.js",
                        "let n = 0; exports.handler = async (event) => { n++; if (event.hang) { while (true) { } } return [n, process.pid]; };"));
        bench.deploy("f", RUNTIME, "index.handler", zip, 5, OptionalInt.empty());
        var pid = pid(bench.invoke("f", "{}"));

        var late = bench.invoke("f", "{\"hang\":true}");

        assertThat(late.error()).isEqualTo("Unhandled");
        assertThat(late.payload())
                .matches("\\{\"errorMessage\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z " + late.requestId()
                        + " Task timed out after 5\\.00 seconds\"}");
        assertThat(late.log()).contains(late.requestId() + " Task timed out after 5.00 seconds\n");
        Bench.awaitEnd(pid);
        assertThat(bench.invoke("f", "{}").payload()).startsWith("[1,");
    }

    @Test
    void a_process_that_exits_is_told_with_its_status() {
        var outcome = invoke("exports.handler = async () => { process.exit(3); };", "{}");

        assertThat(outcome.error()).isEqualTo("Unhandled");
        assertThat(outcome.payload())
                .isEqualTo("{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"RequestId: " + outcome.requestId()
                        + " Error: Runtime exited with error: exit status 3\"}");
    }

    @Test
    void a_process_that_is_killed_is_told_with_the_signal() {
        var outcome =
                invoke("exports.handler = () => new Promise(() => { process.kill(process.pid, 'SIGKILL'); });", "{}");

        assertThat(outcome.payload()).contains("Error: Runtime exited with error: signal: killed");
    }

    @Test
    void a_promise_that_nothing_can_keep_ends_the_process() {
        var outcome = invoke("exports.handler = () => new Promise(() => { });", "{}");

        assertThat(outcome.payload()).contains("\"errorType\":\"Runtime.ExitError\"");
    }

    @Test
    void an_error_outside_the_handler_is_the_invocations_too() {
        var outcome = invoke(
                "exports.handler = (event, context, callback) => { setTimeout(() => { throw new Error('late'); }, 1); };",
                "{}");

        assertThat(outcome.error()).isEqualTo("Unhandled");
        assertThat(outcome.payload()).contains("\"errorMessage\":\"late\"");
    }

    @Test
    void code_that_cannot_be_loaded_is_told_by_its_kind() {
        assertThat(invoke("throw new RangeError('at load');", "{}").payload())
                .startsWith("{\"errorType\":\"RangeError\",\"errorMessage\":\"at load\"");
        assertThat(invoke("exports.other = 1;", "{}").payload())
                .startsWith(
                        "{\"errorType\":\"Runtime.HandlerNotFound\",\"errorMessage\":\"index.handler is undefined or not exported\"");
        assertThat(invoke("exports.handler = ", "{}").payload()).contains("\"Runtime.UserCodeSyntaxError\"");
        assertThat(invoke("require('not-there');", "{}").payload())
                .startsWith(
                        "{\"errorType\":\"Runtime.ImportModuleError\",\"errorMessage\":\"Error: Cannot find module 'not-there'");
        bench.deploy("f", RUNTIME, "absent.handler", Map.of("index.js", ""));
        assertThat(bench.invoke("f", "{}").payload())
                .startsWith(
                        "{\"errorType\":\"Runtime.ImportModuleError\",\"errorMessage\":\"Error: Cannot find module 'absent'");
    }

    @Test
    void code_that_exits_while_it_is_loaded_is_told_with_its_status() {
        var outcome = invoke("process.exit(7);", "{}");

        assertThat(outcome.error()).isEqualTo("Unhandled");
        assertThat(outcome.payload()).contains("Runtime.ExitError", "exit status 7");
    }

    @Test
    void a_reply_that_is_too_large_is_refused_and_the_process_goes_on() {
        deploy(
                "let n = 0; exports.handler = async (event) => { n++; return event.length ? 'x'.repeat(event.length) : n; };");

        // the quotes are payload too
        var largest = bench.invoke("f", "{\"length\":6291554}");
        var tooLarge = bench.invoke("f", "{\"length\":6291555}");

        assertThat(largest.error()).isEmpty();
        assertThat(largest.payload()).hasSize(6_291_556);
        assertThat(tooLarge.error()).isEqualTo("Unhandled");
        assertThat(tooLarge.payload())
                .isEqualTo("{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":"
                        + "\"Response payload size exceeded maximum allowed payload size (6291556 bytes).\"}");
        assertThat(bench.invoke("f", "{}").payload()).isEqualTo("3");
    }

    private static Outcome invoke(String code, String payload) {
        deploy(code);
        return bench.invoke("f", payload);
    }

    private static void deploy(String code) {
        bench.deploy("f", RUNTIME, "index.handler", Map.of("index.js", code));
    }

    private static long pid(Outcome outcome) {
        return Long.parseLong(outcome.payload().replaceAll(".*,|]", ""));
    }
}
