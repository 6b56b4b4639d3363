package io.murmuration.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.MostlyWaits;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queues, limits and processes of functions, with a runtime that is a shell script. */
@Timeout(300)
@MostlyWaits
class FunctionsTest {
    private static final String RUNTIME = "provided.al2023";

    /** Greets with its process id; waits for a file if the payload names one that begins with a slash. */
    private static final String BOOTSTRAP = """
            #!/bin/sh
            api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
            echo started
            while true; do
              payload=$(curl -sS -D "$TMPDIR/headers" "$api/invocation/next") || exit 1
              id=$(sed -n 's/^Lambda-Runtime-Aws-Request-Id: *\\([0-9a-f-]*\\).*/\\1/p' "$TMPDIR/headers")
              echo "got $payload"
              case "$payload" in
                /*) touch "$payload.begun"; while [ ! -e "$payload" ]; do sleep 0.05; done ;;
                child:*) sleep 1000 & echo $! > "${payload#child:}.new"; mv "${payload#child:}.new" "${payload#child:}"; wait ;;
                wrong) curl -sS -o "$TMPDIR/answer" -X POST -d 1 "$api/invocation/not-mine/response"; payload=$(cat "$TMPDIR/answer") ;;
                twice) curl -sS -X POST -d 1 "$api/invocation/$id/response"; curl -sS -X POST -d 2 "$api/invocation/$id/response"; continue ;;
                fail) curl -sS -X POST -d '{"errorType":"Own","errorMessage":"words"}' "$api/invocation/$id/error"; continue ;;
              esac
              curl -sS -X POST -d "$$ $payload" "$api/invocation/$id/response"
            done
            """;

    private final Path folder;
    private Bench bench;

    FunctionsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void open() throws Exception {
        Bench.needs("curl");
        bench = Bench.start(folder.resolve("functions"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void an_own_bootstrap_is_served() {
        deploy("f");

        var first = bench.invoke("f", "hello");
        var second = bench.invoke("f", "again");

        assertThat(first.payload()).endsWith(" hello");
        assertThat(first.error()).isEmpty();
        assertThat(first.log()).containsSubsequence("started\n", "START", "got hello\n", "END");
        assertThat(second.payload()).isEqualTo(first.payload().replace("hello", "again"));
    }

    @Test
    void an_own_error_is_passed_through() {
        deploy("f");

        var outcome = bench.invoke("f", "fail");

        assertThat(outcome.error()).isEqualTo("Unhandled");
        assertThat(outcome.payload()).isEqualTo("{\"errorType\":\"Own\",\"errorMessage\":\"words\"}");
    }

    @Test
    void a_runtime_that_answers_for_another_invocation_is_told_so() {
        deploy("f");

        assertThat(bench.invoke("f", "wrong").payload())
                .endsWith("{\"errorMessage\":\"Invalid request ID\",\"errorType\":\"InvalidRequestID\"}");
    }

    @Test
    void the_first_of_two_answers_counts() {
        deploy("f");

        assertThat(bench.invoke("f", "twice").payload()).isEqualTo("1");
        assertThat(bench.invoke("f", "on").payload()).endsWith(" on");
    }

    @Test
    void those_who_wait_are_served_by_several_processes_at_once() throws Exception {
        deploy("f");
        var gates = new HashSet<Path>();
        var answers = Set.of("a", "b", "c").stream()
                .map(name -> folder.resolve(name))
                .peek(gates::add)
                .map(gate -> bench.send("f", gate.toString()))
                .toList();

        // none goes on before all have begun
        for (var gate : gates) {
            awaitFile(Path.of(gate + ".begun"));
        }
        for (var gate : gates) {
            Files.createFile(gate);
        }

        assertThat(answers.stream()
                        .map(answer -> Bench.outcome(answer).payload().split(" ")[0]))
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void more_than_the_reserved_concurrency_is_throttled() throws Exception {
        bench.deploy("f", RUNTIME, "any", code(), 60, OptionalInt.of(1));
        var gate = folder.resolve("gate");
        var first = bench.send("f", gate.toString());
        awaitFile(folder.resolve("gate.begun"));

        var refusal = bench.refusal("f", "second");
        Files.createFile(gate);

        assertThat(refusal.error().code()).isEqualTo(FunctionError.TOO_MANY_REQUESTS);
        assertThat(refusal).hasMessage("Rate Exceeded.");
        assertThat(Bench.outcome(first).error()).isEmpty();
        assertThat(bench.invoke("f", "third").payload()).endsWith(" third");
    }

    @Test
    void a_concurrency_of_nothing_lets_nobody_in() {
        bench.deploy("f", RUNTIME, "any", code(), 60, OptionalInt.of(0));

        assertThat(bench.refusal("f", "x").error().code()).isEqualTo(FunctionError.TOO_MANY_REQUESTS);
    }

    @Test
    void whoever_waits_for_too_long_is_throttled() throws Exception {
        restart(settings ->
                changed(settings, 1, settings.environmentsMax(), Duration.ofSeconds(10), settings.idleMax()));
        deploy("f");
        var gate = folder.resolve("gate");
        var first = bench.send("f", gate.toString());
        awaitFile(folder.resolve("gate.begun"));

        var refusal = bench.refusal("f", "second");
        Files.createFile(gate);

        assertThat(refusal.error().code()).isEqualTo(FunctionError.TOO_MANY_REQUESTS);
        assertThat(Bench.outcome(first).error()).isEmpty();
    }

    @Test
    void an_idle_process_ends_and_its_folder_with_it() throws Exception {
        restart(settings -> changed(
                settings,
                settings.instancesMax(),
                settings.environmentsMax(),
                settings.waitMax(),
                Duration.ofMillis(200)));
        deploy("f");

        Bench.awaitEnd(pid(bench.invoke("f", "x")));

        awaitGone(folder.resolve("functions/function-0"));
        assertThat(bench.invoke("f", "y").payload()).endsWith(" y");
    }

    @Test
    void processes_end_with_the_node() throws Exception {
        deploy("f");
        var pid = pid(bench.invoke("f", "x"));

        bench.close();

        Bench.awaitEnd(pid);
        open();
    }

    @Test
    void a_new_revision_takes_over_and_the_old_processes_end() {
        deploy("f");
        var old = pid(bench.invoke("f", "x"));
        deploy("f");

        var young = pid(bench.invoke("f", "y"));

        assertThat(young).isNotEqualTo(old);
        Bench.awaitEnd(old);
    }

    @Test
    void a_function_without_room_gets_that_of_one_that_idles() throws Exception {
        restart(settings -> changed(settings, settings.instancesMax(), 1, settings.waitMax(), settings.idleMax()));
        deploy("idle");
        deploy("busy");
        var idle = pid(bench.invoke("idle", "x"));

        assertThat(bench.invoke("busy", "y").payload()).endsWith(" y");
        Bench.awaitEnd(idle);
    }

    @Test
    void a_process_that_never_asks_for_work_is_ended_and_told() throws Exception {
        restart(settings -> new FunctionSettings(
                settings.folder(),
                settings.region(),
                settings.account(),
                settings.endpoint(),
                settings.concurrencyMax(),
                settings.instancesMax(),
                settings.environmentsMax(),
                settings.payloadBytesMax(),
                settings.waitMax(),
                settings.idleMax(),
                Duration.ofMillis(500)));
        var pidFile = folder.resolve("pid");
        bench.deploy(
                "f",
                RUNTIME,
                "any",
                Map.of(
                        "bootstrap",
                        "#!/bin/sh\necho $$ > " + pidFile + ".new\nmv " + pidFile + ".new " + pidFile
                                + "\nexec sleep 1000\n"));

        var outcome = bench.invoke("f", "x");

        assertThat(outcome.error()).isEqualTo("Unhandled");
        assertThat(outcome.payload()).contains(outcome.requestId() + " Task timed out after 0.50 seconds");
        if (Files.exists(pidFile)) {
            Bench.awaitEnd(Long.parseLong(Files.readString(pidFile).strip()));
        }
    }

    @Test
    void what_a_killed_process_has_started_is_killed_with_it() throws Exception {
        bench.deploy("f", RUNTIME, "any", code(), 5, OptionalInt.empty());
        var pidFile = folder.resolve("child");

        var late = bench.send("f", "child:" + pidFile);
        awaitFile(pidFile);
        var child = Long.parseLong(Files.readString(pidFile).strip());

        assertThat(Bench.outcome(late).payload()).contains("Task timed out after 5.00 seconds");
        Bench.awaitEnd(child);
    }

    @Test
    void code_without_a_bootstrap_says_what_is_missing() {
        bench.deploy("f", RUNTIME, "any", Map.of("readme", "nothing"));

        var outcome = bench.invoke("f", "x");

        assertThat(outcome.error()).isEqualTo("Unhandled");
        assertThat(outcome.payload())
                .isEqualTo("{\"errorType\":\"Runtime.InvalidEntrypoint\",\"errorMessage\":\"RequestId: "
                        + outcome.requestId()
                        + " Error: Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]\"}");
    }

    @Test
    void a_bootstrap_that_is_no_program_says_so() {
        bench.deploy("f", RUNTIME, "any", Map.of("bootstrap", "#!/no/such/interpreter\n"));

        assertThat(bench.invoke("f", "x").payload())
                .contains("Runtime.InvalidEntrypoint", "fork/exec /var/task/bootstrap: no such file or directory");
    }

    @Test
    void a_runtime_that_is_not_installed_says_what_to_install() throws Exception {
        bench.close();
        bench = Bench.start(folder.resolve("bare"), settings -> settings, folder.toString());
        bench.deploy("f", "nodejs20.x", "index.handler", Map.of("index.js", ""));

        assertThat(bench.invoke("f", "x").payload())
                .contains(
                        "Runtime.InvalidEntrypoint",
                        "This node has no program for the runtime nodejs20.x: install node");
    }

    @Test
    void code_that_is_no_zip_is_refused() {
        bench.deploy("f", RUNTIME, "any", new byte[] {1, 2, 3}, 3, OptionalInt.empty());

        for (int time = 0; time < 2; time++) {
            assertThat(bench.refusal("f", "x").error().code()).isEqualTo(FunctionError.INVALID_PARAMETER_VALUE);
        }
    }

    @Test
    void a_function_that_is_not_there_is_not_found() {
        var refusal = bench.refusal("absent", "x");

        assertThat(refusal.error().code()).isEqualTo(FunctionError.NOT_FOUND);
        assertThat(refusal).hasMessage("Function not found: arn:aws:lambda:us-east-1:000000000000:function:absent");
    }

    @Test
    void a_payload_that_is_too_large_is_refused() {
        deploy("f");

        assertThat(bench.refusal("f", "x".repeat(6_291_457)).error().code()).isEqualTo(FunctionError.REQUEST_TOO_LARGE);
    }

    @Test
    void payloads_beyond_the_nodes_memory_for_them_are_throttled() throws Exception {
        restart(settings -> new FunctionSettings(
                settings.folder(),
                settings.region(),
                settings.account(),
                settings.endpoint(),
                settings.concurrencyMax(),
                settings.instancesMax(),
                settings.environmentsMax(),
                100,
                settings.waitMax(),
                settings.idleMax(),
                settings.initTimeout()));
        deploy("f");

        assertThat(((ServiceException) Bench.failure(bench.send("f", "x".repeat(101))))
                        .error()
                        .code())
                .isEqualTo(FunctionError.TOO_MANY_REQUESTS);
        assertThat(bench.invoke("f", "x".repeat(100)).error()).isEmpty();
        assertThat(bench.invoke("f", "x".repeat(100)).error()).isEmpty();
    }

    private void restart(UnaryOperator<FunctionSettings> change) throws Exception {
        bench.close();
        bench = Bench.start(folder.resolve("functions"), change, FunctionNode.path());
    }

    private static FunctionSettings changed(
            FunctionSettings settings, int instancesMax, int environmentsMax, Duration waitMax, Duration idleMax) {
        return new FunctionSettings(
                settings.folder(),
                settings.region(),
                settings.account(),
                settings.endpoint(),
                settings.concurrencyMax(),
                instancesMax,
                environmentsMax,
                settings.payloadBytesMax(),
                waitMax,
                idleMax,
                settings.initTimeout());
    }

    private void deploy(String name) {
        bench.deploy(name, RUNTIME, "any", code(), 60, OptionalInt.empty());
    }

    private static byte[] code() {
        return Zip.of(Map.of("bootstrap", BOOTSTRAP));
    }

    private static long pid(Bench.Outcome outcome) {
        return Long.parseLong(outcome.payload().split(" ")[0]);
    }

    private static void awaitFile(Path file) throws InterruptedException {
        while (!Files.exists(file)) {
            Thread.sleep(10);
        }
    }

    private static void awaitGone(Path file) throws InterruptedException {
        while (Files.exists(file)) {
            Thread.sleep(10);
        }
    }
}
