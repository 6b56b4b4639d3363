package io.murmuration.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Outcome;
import io.murmuration.catalogue.Resources.Resource;
import io.murmuration.journal.entity.FakeJournal.FakeRows;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResourceRulesTest {
    private static final int ROOMY = 900 << 10;

    private final FakeRows rows = new FakeRows();

    @Test
    void a_change_is_made_only_to_the_state_that_it_was_decided_on() {
        var made = changed(put("swift", 0, "1"));
        assertThat(made.id()).isEqualTo(made.revision()).isEqualTo(1);

        assertThat(present(put("swift", 0, "2"))).isEqualTo("1");
        var replaced = changed(put("swift", 1, "2"));
        assertThat(replaced.id()).isEqualTo(1);
        assertThat(replaced.revision()).isEqualTo(2);
        assertThat(present(put("swift", 1, "3"))).isEqualTo("2");
        assertThat(present(new ResourceRules.Remove(Kind.BUCKET, "swift", 1))).isEqualTo("2");
        assertThat(text(changed(new ResourceRules.Remove(Kind.BUCKET, "swift", 2))))
                .isEqualTo("2");
        assertThat(outcome(put("swift", 2, "4"))).isEqualTo(new Outcome.Conflict(Optional.empty()));
        assertThat(outcome(new ResourceRules.Remove(Kind.BUCKET, "swift", 0)))
                .isEqualTo(new Outcome.Conflict(Optional.empty()));
    }

    @Test
    void what_is_made_anew_is_never_taken_for_what_was_removed() {
        var first = changed(put("swift", 0, "1"));
        changed(new ResourceRules.Remove(Kind.BUCKET, "swift", first.revision()));
        var second = changed(put("swift", 0, "1"));

        assertThat(second.id()).isGreaterThan(first.id());
        assertThat(present(put("swift", first.revision(), "2"))).isEqualTo("1");
    }

    @Test
    void of_two_changes_of_one_state_in_one_batch_the_first_is_made() {
        var decision = new CatalogueRules(2)
                .decide(rows, List.of(put("swift", 0, "1"), put("swift", 0, "2"), put("swallow", 0, "3")), ROOMY);
        rows.change(decision.changes());

        assertThat(decision.replies().stream().map(reply -> outcome(reply) instanceof Outcome.Changed))
                .containsExactly(true, false, true);
        assertThat(state().list(Kind.BUCKET, null, 10).stream().map(ResourceRulesTest::text))
                .containsExactly("3", "1");
    }

    @Test
    void kinds_have_names_of_their_own_and_are_listed_in_their_order() {
        for (var name : List.of("c", "a", "b")) {
            changed(put(name, 0, name));
        }
        changed(new ResourceRules.Put(Kind.FUNCTION, "a", 0, new byte[0]));

        assertThat(state().list(Kind.BUCKET, null, 2).stream().map(Resource::name))
                .containsExactly("a", "b");
        assertThat(state().list(Kind.BUCKET, "a", 2).stream().map(Resource::name))
                .containsExactly("b", "c");
        assertThat(state().list(Kind.FUNCTION, null, 9)).hasSize(1);
        assertThat(state().list(Kind.API, null, 9)).isEmpty();
    }

    @Test
    void all_contents_together_are_bounded_but_what_is_there_may_shrink() {
        var content = new byte[Resources.CONTENT_BYTES_MAX];
        var count = (int) (Resources.TOTAL_BYTES_MAX / (content.length + 3));
        var state = CatalogueState.EMPTY;
        for (var i = 0; i < count; i++) {
            state = ResourceRules.decide(state, new ResourceRules.Put(Kind.API, String.format("%03d", i), 0, content))
                    .state();
        }

        var full = ResourceRules.decide(state, new ResourceRules.Put(Kind.API, "one more", 0, content));
        assertThat(full.reply()).isEqualTo(new ResourceRules.Decided(new Outcome.Full()));
        assertThat(full.state()).isSameAs(state);
        var smaller = ResourceRules.decide(state, new ResourceRules.Put(Kind.API, "000", 1, new byte[0]));
        assertThat(outcome(smaller.reply())).isInstanceOf(Outcome.Changed.class);
        assertThat(smaller.state().resources().bytes())
                .isEqualTo(state.resources().bytes() - content.length);
    }

    @Test
    void a_stored_resource_is_read_as_earlier_releases_wrote_it() {
        var resource = new Resource(Kind.BUCKET, "ab", 258, 259, new byte[] {7, 8});
        var stored =
                "01" + "00064255434b4554" + "00026162" + "0000000000000102" + "0000000000000103" + "00000002" + "0708";

        assertThat(HexFormat.of().formatHex(ResourceRows.write(resource))).isEqualTo(stored);
        assertThat(ResourceRows.read(new ByteReader(HexFormat.of().parseHex(stored))))
                .usingRecursiveComparison()
                .isEqualTo(resource);
        assertThat(HexFormat.of().formatHex(ResourceRows.key(Kind.BUCKET, "ab")))
                .isEqualTo("6372" + "00064255434b4554" + "00026162");
    }

    @Test
    void changes_and_outcomes_between_nodes_are_read_as_they_were_written() {
        var resource = new Resource(Kind.FUNCTION, "f", 1, 2, new byte[] {3});
        for (var intent : List.of(
                new ResourceRules.Put(Kind.API, "a", 4, new byte[] {5}),
                new ResourceRules.Remove(Kind.DISTRIBUTION, "d", 6))) {
            var call = new CatalogueCalls.Change(9, intent);
            assertThat(CatalogueCalls.decode(CatalogueCalls.encode(call)))
                    .usingRecursiveComparison()
                    .isEqualTo(call);
        }
        for (var outcome : List.of(
                new Outcome.Changed(resource),
                new Outcome.Conflict(Optional.of(resource)),
                new Outcome.Conflict(Optional.empty()),
                new Outcome.Full())) {
            var to = new ByteWriter(16);
            CatalogueCalls.writeReply(to, new ResourceRules.Decided(outcome));
            assertThat(CatalogueCalls.readReply(new ByteReader(to.toBytes())))
                    .usingRecursiveComparison()
                    .isEqualTo(new ResourceRules.Decided(outcome));
        }
    }

    private ResourceState state() {
        return CatalogueState.read(rows).resources();
    }

    private Resource changed(ResourceRules.Intent intent) {
        return ((Outcome.Changed) outcome(intent)).resource();
    }

    private String present(ResourceRules.Intent intent) {
        return text(((Outcome.Conflict) outcome(intent)).now().orElseThrow());
    }

    private Outcome outcome(ResourceRules.Intent intent) {
        var decision = new CatalogueRules(2).decide(rows, List.of(intent), ROOMY);
        rows.change(decision.changes());
        return outcome(decision.replies().getFirst());
    }

    private static Outcome outcome(CatalogueRules.Reply reply) {
        return ((ResourceRules.Decided) reply).outcome();
    }

    private static String text(Resource resource) {
        return new String(resource.content(), StandardCharsets.UTF_8);
    }

    private static ResourceRules.Put put(String name, long expected, String content) {
        return new ResourceRules.Put(Kind.BUCKET, name, expected, content.getBytes(StandardCharsets.UTF_8));
    }
}
