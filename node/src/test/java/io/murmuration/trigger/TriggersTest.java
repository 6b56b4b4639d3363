package io.murmuration.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.catalogue.Resources;
import io.murmuration.function.Functions;
import io.murmuration.function.queue.FakeFunctions;
import io.murmuration.journal.LocalCluster;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionErrors;
import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.function.mapping.MappingChange;
import io.murmuration.protocol.function.mapping.StartingPosition;
import io.murmuration.protocol.table.StreamView;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Event source mappings on one node. */
@Timeout(120)
class TriggersTest {
    private static final String FUNCTION = "count";

    private final Path folder;
    private TriggerCluster cluster;

    TriggersTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void start() throws Exception {
        cluster = new TriggerCluster(folder, 1);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void every_change_is_delivered_in_order_as_dynamodb_streams_tell_it() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_AND_OLD_IMAGES);
        cluster.put("early", 1);
        var made = cluster.create(stream, FUNCTION, StartingPosition.TRIM_HORIZON, change());

        for (var n = 1; n <= 40; n++) {
            cluster.put("bird-" + n % 4, n);
        }

        awaitDelivered(41);
        assertThat(made.state()).isEqualTo("Creating");
        assertThat(cluster.get(made.id()).state()).isEqualTo("Enabled");
        var delivered = delivered();
        assertThat(delivered).hasSize(41);
        for (var bird = 0; bird < 4; bird++) {
            var key = "bird-" + bird;
            assertThat(delivered.stream().filter(each -> each.key().equals(key)).map(Delivered::n))
                    .hasSize(10)
                    .isSorted();
        }
        var payload = cluster.functions().calls().getFirst().payload().utf8String();
        assertThat(payload)
                .startsWith("{\"Records\":[{\"eventID\":\"")
                .contains(
                        "\"eventName\":\"INSERT\",\"eventVersion\":\"1.1\",\"eventSource\":\"aws:dynamodb\"",
                        "\"awsRegion\":\"us-east-1\"",
                        "\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"",
                        "\"eventSourceARN\":\"" + stream.text() + "\"");
        LocalCluster.await(() -> cluster.get(made.id()).lastResult().equals("OK"));
    }

    @Test
    void each_change_alone_wakes_the_function() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        cluster.create(stream, FUNCTION, StartingPosition.LATEST, change());

        for (var n = 1; n <= 150; n++) {
            cluster.put("bird-" + n, n);
            awaitDelivered(n);
        }
    }

    @Test
    void one_that_begins_with_the_latest_gets_all_that_follows_its_making_and_nothing_before() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        for (var n = 1; n <= 20; n++) {
            cluster.put("before-" + n, n);
        }
        cluster.create(stream, FUNCTION, StartingPosition.LATEST, change());

        for (var n = 1; n <= 20; n++) {
            cluster.put("after-" + n, n);
        }

        awaitDelivered(20);
        assertThat(delivered()).hasSize(20).allSatisfy(each -> assertThat(each.key())
                .startsWith("after"));
    }

    @Test
    void what_fails_is_sent_again_until_it_succeeds_and_nothing_overtakes_it() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        var healthy = new AtomicBoolean();
        cluster.functions().will(call -> healthy.get() ? FakeFunctions.replied("1") : FakeFunctions.failed());
        var made = cluster.create(stream, FUNCTION, StartingPosition.TRIM_HORIZON, change());
        for (var n = 1; n <= 10; n++) {
            cluster.put("bird", n);
        }
        LocalCluster.await(() -> cluster.functions().calls().size() >= 4);
        assertThat(delivered()).allSatisfy(each -> assertThat(each.n()).isLessThanOrEqualTo(10));
        assertThat(cluster.functions().calls())
                .allSatisfy(
                        call -> assertThat(Delivered.of(call).getFirst().n()).isEqualTo(1));
        assertThat(cluster.get(made.id()).lastResult()).isEqualTo("PROBLEM: Function call failed");

        healthy.set(true);

        awaitDelivered(10);
    }

    @Test
    void a_batch_is_split_until_the_bad_record_is_alone_and_that_is_given_up() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        cluster.functions()
                .will(call -> Delivered.of(call).stream().anyMatch(each -> each.n() == 13)
                        ? FakeFunctions.failed()
                        : FakeFunctions.replied("1"));
        for (var n = 1; n <= 20; n++) {
            cluster.put("bird", n);
        }

        cluster.create(
                stream,
                FUNCTION,
                StartingPosition.TRIM_HORIZON,
                new MappingChange(null, null, null, 1, true, null, null));
        cluster.put("bird", 21);

        LocalCluster.await(() -> done().containsAll(numbers(1, 12)) && done().containsAll(numbers(14, 21)));
        assertThat(done()).doesNotContain(13L);
        assertThat(cluster.functions().calls().stream()
                        .map(Delivered::of)
                        .filter(batch -> batch.size() == 1 && batch.getFirst().n() == 13))
                .hasSize(2);
    }

    @Test
    void a_function_may_say_where_in_the_batch_it_failed() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        var failedOnce = new AtomicBoolean();
        cluster.functions().will(call -> {
            for (var each : Delivered.of(call)) {
                if (each.n() == 7 && failedOnce.compareAndSet(false, true)) {
                    return FakeFunctions.replied(
                            "{\"batchItemFailures\":[{\"itemIdentifier\":\"" + each.sequenceNumber() + "\"}]}");
                }
            }
            return FakeFunctions.replied("{\"batchItemFailures\":[]}");
        });
        for (var n = 1; n <= 10; n++) {
            cluster.put("bird", n);
        }

        cluster.create(
                stream,
                FUNCTION,
                StartingPosition.TRIM_HORIZON,
                new MappingChange(null, null, null, null, null, true, null));

        LocalCluster.await(() -> cluster.functions().calls().size() >= 2);
        assertThat(Delivered.of(cluster.functions().calls().get(0)).stream().map(Delivered::n))
                .containsExactlyElementsOf(numbers(1, 10));
        assertThat(Delivered.of(cluster.functions().calls().get(1)).stream().map(Delivered::n))
                .containsExactlyElementsOf(numbers(7, 10));
    }

    @Test
    void nothing_is_sent_once_a_mapping_is_deleted() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        var made = cluster.create(stream, FUNCTION, StartingPosition.TRIM_HORIZON, change());
        cluster.put("bird", 1);
        awaitDelivered(1);

        assertThat(cluster.delete(made.id()).state()).isEqualTo("Deleting");
        var before = cluster.functions().calls().size();
        cluster.put("bird", 2);
        cluster.create(stream, "other", StartingPosition.TRIM_HORIZON, change());
        LocalCluster.await(() -> cluster.functions().calls().stream()
                .anyMatch(call -> call.function().name().equals("other")));

        assertThatThrownBy(() -> cluster.get(made.id()))
                .hasRootCauseMessage("The resource you requested does not exist.");
        assertThat(cluster.functions()
                        .calls()
                        .subList(before, cluster.functions().calls().size()))
                .allSatisfy(call -> assertThat(call.function().name()).isEqualTo("other"));
    }

    @Test
    void a_mapping_that_was_disabled_goes_on_where_it_was() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        var made = cluster.create(stream, FUNCTION, StartingPosition.LATEST, change());
        cluster.put("bird", 1);
        awaitDelivered(1);

        assertThat(cluster.update(made.id(), false, change()).state()).isEqualTo("Disabling");
        assertThat(cluster.get(made.id()).state()).isEqualTo("Disabled");
        cluster.put("bird", 2);
        cluster.create(stream, "other", StartingPosition.TRIM_HORIZON, change());
        LocalCluster.await(() -> Delivered.of(cluster.functions().calls().stream()
                        .filter(call -> call.function().name().equals("other"))
                        .toList())
                .stream()
                .anyMatch(each -> each.n() == 2));
        assertThat(done(FUNCTION)).containsExactly(1L);

        cluster.update(made.id(), true, new MappingChange(7, null, null, null, null, null, null));

        LocalCluster.await(() -> done(FUNCTION).equals(List.of(1L, 2L)));
        assertThat(cluster.get(made.id()).settings().batchSize()).isEqualTo(7);
    }

    @Test
    void a_mapping_enabled_again_waits_for_the_batch_that_is_still_out() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        var out = new CompletableFuture<Functions.Answer>();
        cluster.functions().will(call -> call.function().name().equals(FUNCTION) ? out : FakeFunctions.replied("{}"));
        var made = cluster.create(stream, FUNCTION, StartingPosition.LATEST, change());
        cluster.put("bird", 1);
        awaitDelivered(1);

        cluster.update(made.id(), false, change());
        cluster.update(made.id(), true, change());
        assertThat(cluster.get(made.id()).state()).isEqualTo("Enabled");
        cluster.put("bird", 2);
        cluster.create(stream, "other", StartingPosition.TRIM_HORIZON, change());
        LocalCluster.await(() -> done("other").contains(2L));
        assertThat(done(FUNCTION)).containsExactly(1L);
        out.complete(FakeFunctions.replied("{}").toCompletableFuture().join());

        LocalCluster.await(() -> done(FUNCTION).equals(List.of(1L, 2L)));
    }

    @Test
    void only_what_matches_a_filter_is_sent_and_the_rest_is_passed_over() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        var filter = "{\"eventName\":[\"INSERT\"],\"dynamodb\":{\"Keys\":{\"p\":{\"S\":[{\"prefix\":\"wanted\"}]}}}}";
        cluster.create(
                stream,
                FUNCTION,
                StartingPosition.TRIM_HORIZON,
                new MappingChange(null, null, null, null, null, null, List.of(filter)));

        for (var n = 1; n <= 20; n++) {
            cluster.put((n % 2 == 0 ? "wanted-" : "other-") + n, n);
        }

        awaitDelivered(10);
        assertThat(delivered()).hasSize(10).allSatisfy(each -> assertThat(each.key())
                .startsWith("wanted"));
        assertThatThrownBy(() -> cluster.create(
                        stream,
                        "another",
                        StartingPosition.LATEST,
                        new MappingChange(null, null, null, null, null, null, List.of("{\"a\":1}"))))
                .isInstanceOf(ServiceException.class)
                .hasMessageStartingWith("Invalid filter pattern definition.");
    }

    @Test
    void a_batching_window_gathers_records() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        cluster.create(
                stream,
                FUNCTION,
                StartingPosition.TRIM_HORIZON,
                new MappingChange(5, 300, null, null, null, null, null));

        for (var n = 1; n <= 10; n++) {
            cluster.put("bird", n);
        }

        awaitDelivered(10);
        assertThat(cluster.functions().calls()).hasSize(2).allSatisfy(call -> assertThat(Delivered.of(call))
                .hasSize(5));
    }

    @Test
    void a_function_that_hangs_does_not_keep_another_mapping() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        var hanging = new CompletableFuture<Functions.Answer>();
        cluster.functions().will(call -> call.function().name().equals("hangs") ? hanging : FakeFunctions.replied("1"));
        cluster.create(stream, "hangs", StartingPosition.TRIM_HORIZON, change());
        cluster.create(stream, FUNCTION, StartingPosition.TRIM_HORIZON, change());

        for (var n = 1; n <= 40; n++) {
            cluster.put("bird-" + n, n);
        }

        LocalCluster.await(() -> done(FUNCTION).size() == 40);
        hanging.completeExceptionally(new ServiceException(FunctionErrors.throttled()));
    }

    @Test
    void one_whose_function_is_gone_waits_and_says_so() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        cluster.functions().will(call -> FakeFunctions.refused(FunctionErrors.notFound("it")));
        var made = cluster.create(stream, FUNCTION, StartingPosition.TRIM_HORIZON, change());
        assertThat(cluster.get(made.id()).lastResult()).isEqualTo("No records processed");
        cluster.put("bird", 1);

        LocalCluster.await(() -> cluster.get(made.id()).lastResult().equals("PROBLEM: Function not found"));
        cluster.functions().will(call -> FakeFunctions.replied("1"));
        LocalCluster.await(() -> cluster.get(made.id()).lastResult().equals("OK"));
    }

    @Test
    void what_its_maker_left_half_done_is_finished_by_another() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        var id = new UUID(7, 7);
        var mapping = new Mapping(
                id,
                new FunctionName(FUNCTION, null),
                stream,
                1,
                StartingPosition.TRIM_HORIZON,
                change().settings(),
                true,
                Mapping.Status.CREATING,
                0,
                0);
        TriggerCluster.join(cluster.resources()
                .put(
                        Resources.Kind.EVENT_SOURCE,
                        id.toString(),
                        Resources.ABSENT,
                        MappingCodec.content(mapping),
                        TriggerCluster.deadline()));

        LocalCluster.await(() -> cluster.get(id.toString()).state().equals("Enabled"));
    }

    @Test
    void what_does_not_exist_or_exists_already_is_refused() throws Exception {
        var stream = cluster.createTable(StreamView.NEW_IMAGE);
        var made = cluster.create(stream, FUNCTION, StartingPosition.LATEST, change());

        assertThatThrownBy(() -> cluster.create(stream, FUNCTION, StartingPosition.LATEST, change()))
                .rootCause()
                .hasMessageContaining("provided mapping already exists")
                .hasMessageEndingWith(made.id());
        assertThatThrownBy(() -> cluster.create(stream, "absent", StartingPosition.LATEST, change()))
                .rootCause()
                .hasMessage("Function does not exist: arn:aws:lambda:us-east-1:000000000000:function:absent");
        var other = new io.murmuration.protocol.table.operation.StreamArn(stream.tableArn(), "2020-01-01T00:00:00.000");
        assertThatThrownBy(() -> cluster.create(other, FUNCTION, StartingPosition.LATEST, change()))
                .rootCause()
                .hasMessage("Stream not found: " + other.text());
        assertThatThrownBy(() -> cluster.get("nonsense")).rootCause().isInstanceOf(ServiceException.class);
    }

    // ---- what was seen ----

    private static MappingChange change() {
        return new MappingChange(null, null, null, null, null, null, null);
    }

    private List<Delivered> delivered() {
        return Delivered.of(cluster.functions().calls());
    }

    private void awaitDelivered(int records) throws Exception {
        LocalCluster.await(
                () -> delivered().stream().map(Delivered::eventId).distinct().count() >= records);
    }

    /** What this function was sent. */
    private List<Long> done(String function) {
        return Delivered.of(cluster.functions().calls().stream()
                        .filter(call -> call.function().name().equals(function))
                        .toList())
                .stream()
                .map(Delivered::n)
                .toList();
    }

    /** What the function was sent without the record that it fails on. */
    private List<Long> done() {
        return cluster.functions().calls().stream()
                .map(Delivered::of)
                .filter(batch -> batch.stream().noneMatch(each -> each.n() == 13))
                .flatMap(List::stream)
                .map(Delivered::n)
                .toList();
    }

    private static List<Long> numbers(long from, long to) {
        return java.util.stream.LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** Where each shard's batches began, in the order of the calls. */
    static Map<String, String> noneGoesBack(List<Functions.Call> calls) {
        var begins = new HashMap<String, @Nullable String>();
        for (var call : calls) {
            var first = Delivered.of(call).getFirst();
            var before = begins.put(first.shard(), first.sequenceNumber());
            if (before != null && before.compareTo(first.sequenceNumber()) > 0) {
                throw new AssertionError(
                        "shard " + first.shard() + " went back from " + before + " to " + first.sequenceNumber());
            }
        }
        return new HashMap<>(begins);
    }
}
