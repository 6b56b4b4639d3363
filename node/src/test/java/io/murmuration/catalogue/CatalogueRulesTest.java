package io.murmuration.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.catalogue.Catalogue.Status;
import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.journal.entity.FakeJournal.FakeRows;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.table.KeyType;
import io.murmuration.protocol.table.StreamView;
import io.murmuration.protocol.table.TableError;
import io.murmuration.protocol.table.TableSchema;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.TableSchema.TableClass;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueRulesTest {
    private static final int SHARDS = 2;
    private static final int ROOMY = 500 << 10;

    private final FakeRows rows = new FakeRows();

    @Test
    void an_id_is_never_used_again() {
        var first = done(new CatalogueRules.Create(schema("birds", false)));
        done(new CatalogueRules.Delete("birds"));
        closed(1, 1);
        closed(1, 2);
        var second = done(new CatalogueRules.Create(schema("birds", false)));

        assertThat(first.id()).isEqualTo(1);
        assertThat(second.id()).isEqualTo(2);
        assertThat(CatalogueState.read(rows).byId()).containsOnlyKeys(2L);
    }

    @Test
    void of_two_requests_in_one_batch_for_one_name_the_first_wins() {
        var decision = new CatalogueRules(SHARDS)
                .decide(
                        rows,
                        List.of(
                                new CatalogueRules.Create(schema("birds", false)),
                                new CatalogueRules.Create(schema("birds", true)),
                                new CatalogueRules.Delete("birds"),
                                new CatalogueRules.Closed(1, 1),
                                new CatalogueRules.Closed(1, 2),
                                new CatalogueRules.Create(schema("birds", false))),
                        ROOMY);
        rows.change(decision.changes());

        assertThat(decision.replies())
                .containsExactly(
                        new CatalogueRules.Done(new Table(1, schema("birds", false))),
                        new CatalogueRules.Refused(
                                new ServiceError(TableError.RESOURCE_IN_USE, "Table already exists: birds")),
                        new CatalogueRules.Done(deleting(1)),
                        new CatalogueRules.Noted(),
                        new CatalogueRules.Noted(),
                        new CatalogueRules.Done(new Table(2, schema("birds", false))));
        assertThat(CatalogueState.read(rows).table("birds")).isEqualTo(new Table(2, schema("birds", false)));
    }

    @Test
    void a_deleted_table_keeps_its_name_until_every_shard_has_closed_it() {
        done(new CatalogueRules.Create(schema("birds", false)));
        done(new CatalogueRules.Delete("birds"));
        var inUse = new CatalogueRules.Refused(new ServiceError(
                TableError.RESOURCE_IN_USE,
                "Attempt to change a resource which is still in use: Table is being deleted: birds"));

        assertThat(reply(new CatalogueRules.Create(schema("birds", false)))).isEqualTo(inUse);
        assertThat(reply(new CatalogueRules.Delete("birds"))).isEqualTo(inUse);
        closed(1, 1);
        closed(1, 1);
        assertThat(reply(new CatalogueRules.Create(schema("birds", false)))).isEqualTo(inUse);
        assertThat(CatalogueState.read(rows).deleting()).containsExactly(deleting(1, 1));
        closed(1, 2);

        assertThat(CatalogueState.read(rows).byName()).isEmpty();
        assertThat(reply(new CatalogueRules.Create(schema("birds", false))))
                .isEqualTo(new CatalogueRules.Done(new Table(2, schema("birds", false))));
    }

    @Test
    void a_belated_word_of_a_closing_harms_neither_an_active_table_nor_what_is_gone() {
        var table = done(new CatalogueRules.Create(schema("birds", false)));

        closed(1, 1);
        closed(1, 2);
        closed(9, 1);

        assertThat(CatalogueState.read(rows).table("birds")).isEqualTo(table);
    }

    @Test
    void a_refusal_changes_nothing() {
        var decision = new CatalogueRules(SHARDS).decide(rows, List.of(new CatalogueRules.Delete("birds")), ROOMY);

        assertThat(decision.changes()).isEmpty();
        assertThat(decision.replies())
                .containsExactly(new CatalogueRules.Refused(new ServiceError(
                        TableError.RESOURCE_NOT_FOUND, "Requested resource not found: Table: birds not found")));
    }

    @Test
    void one_table_more_than_the_quota_is_refused() {
        var intents = new ArrayList<CatalogueRules.Intent>();
        for (var i = 0; i <= CatalogueRules.TABLES_MAX; i++) {
            intents.add(new CatalogueRules.Create(schema("table-" + i, false)));
        }

        var replies = new CatalogueRules(SHARDS)
                .decide(rows, intents, Integer.MAX_VALUE)
                .replies();

        assertThat(replies.subList(0, CatalogueRules.TABLES_MAX)).allMatch(CatalogueRules.Done.class::isInstance);
        assertThat(replies.getLast()).isInstanceOfSatisfying(CatalogueRules.Refused.class, refused -> assertThat(
                        refused.error().code())
                .isEqualTo(TableError.LIMIT_EXCEEDED));
    }

    @Test
    void a_stored_table_is_read_as_earlier_releases_wrote_it() {
        var table = new Table(258, schema("ab", true));
        var stored = "01" + "0000000000000102" + "00026162" + "00026964" + "000170" + "000153" + "01" + "000173"
                + "00014e" + "000b50524f564953494f4e4544" + "0000000000000005" + "0000000000000006"
                + "00085354414e44415244" + "01" + "0000000000000007" + "00000001" + "00036b6579" + "000576616c7565";

        assertThat(HexFormat.of().formatHex(CatalogueRows.writeTable(table))).isEqualTo(stored);
        assertThat(CatalogueRows.readTable(HexFormat.of().parseHex(stored))).isEqualTo(table);
    }

    @Test
    void a_stored_table_that_is_being_deleted_is_read_as_earlier_releases_wrote_it() {
        var table = new Table(258, schema("ab", true), Status.DELETING, Set.of(3, 1));
        var stored = "02" + "0000000000000102" + "00026162" + "00026964" + "000170" + "000153" + "01" + "000173"
                + "00014e" + "000b50524f564953494f4e4544" + "0000000000000005" + "0000000000000006"
                + "00085354414e44415244" + "01" + "0000000000000007" + "00000001" + "00036b6579" + "000576616c7565"
                + "000844454c4554494e47" + "00000002" + "00000001" + "00000003";

        assertThat(HexFormat.of().formatHex(CatalogueRows.writeTable(table))).isEqualTo(stored);
        assertThat(CatalogueRows.readTable(HexFormat.of().parseHex(stored))).isEqualTo(table);
    }

    @Test
    void a_stored_table_with_a_stream_is_read_as_earlier_releases_wrote_it() {
        var table = new Table(258, schema("ab", true).withStream(StreamView.NEW_IMAGE));
        var stored = "03" + "0000000000000102" + "00026162" + "00026964" + "000170" + "000153" + "01" + "000173"
                + "00014e" + "000b50524f564953494f4e4544" + "0000000000000005" + "0000000000000006"
                + "00085354414e44415244" + "01" + "0000000000000007" + "00000001" + "00036b6579" + "000576616c7565"
                + "0006414354495645" + "00000000" + "00094e45575f494d414745";

        assertThat(HexFormat.of().formatHex(CatalogueRows.writeTable(table))).isEqualTo(stored);
        assertThat(CatalogueRows.readTable(HexFormat.of().parseHex(stored))).isEqualTo(table);
    }

    @Test
    void calls_and_replies_between_nodes_are_read_as_they_were_written() {
        var schema = schema("birds", true);
        for (var call : List.of(
                new CatalogueCalls.Barrier(),
                new CatalogueCalls.Applied(7),
                new CatalogueCalls.Change(9, new CatalogueRules.Create(schema)),
                new CatalogueCalls.Change(9, new CatalogueRules.Create(schema.withStream(StreamView.KEYS_ONLY))),
                new CatalogueCalls.Change(9, new CatalogueRules.Delete("birds")),
                new CatalogueCalls.Change(9, new CatalogueRules.Closed(3, 2)))) {
            assertThat(CatalogueCalls.decode(CatalogueCalls.encode(call))).isEqualTo(call);
        }
        for (var reply : List.of(
                new CatalogueRules.Done(new Table(3, schema)),
                new CatalogueRules.Done(new Table(3, schema, Status.DELETING, Set.of(1))),
                new CatalogueRules.Noted(),
                new CatalogueRules.Refused(ServiceError.validation("no")))) {
            var to = new ByteWriter(16);
            CatalogueCalls.writeReply(to, reply);
            assertThat(CatalogueCalls.readReply(new ByteReader(to.toBytes()))).isEqualTo(reply);
        }
    }

    private Table done(CatalogueRules.Intent intent) {
        return ((CatalogueRules.Done) reply(intent)).table();
    }

    private void closed(long table, int group) {
        assertThat(reply(new CatalogueRules.Closed(table, group))).isEqualTo(new CatalogueRules.Noted());
    }

    private static Table deleting(long id, Integer... closed) {
        return new Table(id, schema("birds", false), Status.DELETING, Set.of(closed));
    }

    private CatalogueRules.Reply reply(CatalogueRules.Intent intent) {
        var decision = new CatalogueRules(SHARDS).decide(rows, List.of(intent), ROOMY);
        rows.change(decision.changes());
        return decision.replies().getFirst();
    }

    private static TableSchema schema(String name, boolean deletionProtection) {
        return new TableSchema(
                name,
                "id",
                new KeyAttribute("p", KeyType.S),
                new KeyAttribute("s", KeyType.N),
                new Billing(Billing.Mode.PROVISIONED, 5, 6),
                TableClass.STANDARD,
                deletionProtection,
                Map.of("key", "value"),
                7);
    }
}
