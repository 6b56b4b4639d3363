package io.murmuration.protocol.table.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.KeyType;
import io.murmuration.protocol.table.TableSchema;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.TableSchema.TableClass;
import io.murmuration.protocol.table.operation.ConsumedCapacity;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableReply.BatchRead;
import io.murmuration.protocol.table.operation.TableReply.BatchWritten;
import io.murmuration.protocol.table.operation.TableReply.EndpointsDescribed;
import io.murmuration.protocol.table.operation.TableReply.ItemRead;
import io.murmuration.protocol.table.operation.TableReply.ItemWritten;
import io.murmuration.protocol.table.operation.TableReply.ItemsRead;
import io.murmuration.protocol.table.operation.TableReply.LimitsDescribed;
import io.murmuration.protocol.table.operation.TableReply.TableCreated;
import io.murmuration.protocol.table.operation.TableReply.TableDeleted;
import io.murmuration.protocol.table.operation.TableReply.TableDescribed;
import io.murmuration.protocol.table.operation.TableReply.TableDescription;
import io.murmuration.protocol.table.operation.TableReply.TablesListed;
import io.murmuration.protocol.table.operation.TableRequest.KeysOfTable;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.Write;
import io.murmuration.protocol.table.operation.TableRequest.WritesOfTable;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole bodies, with single quotes for readability. */
class TableReplyCodecTest {
    private static final Map<String, AttributeValue> KEY = Map.of("k", AttributeValue.string("a"));

    @Test
    void an_item_is_written_with_each_type() {
        var item = new LinkedHashMap<String, AttributeValue>();
        item.put("s", AttributeValue.string("ñ😀\n"));
        item.put("n", AttributeValue.number("1E3"));
        item.put("b", AttributeValue.binary(new byte[] {0, -1}));
        item.put("bool", new AttributeValue.Bool(false));
        item.put("null", new AttributeValue.Null());
        item.put("l", new AttributeValue.L(List.of(AttributeValue.number(1))));
        item.put("m", new AttributeValue.M(KEY));
        item.put("ss", AttributeValue.strings(List.of("b", "a")));
        item.put("ns", AttributeValue.numbers(List.of(DynamoNumber.of(2), DynamoNumber.of(1))));
        item.put("bs", AttributeValue.binaries(List.of(new io.murmuration.protocol.table.Binary(new byte[] {1}))));

        assertBody(
                new ItemRead(item, null),
                "{'Item':{'s':{'S':'ñ\\uD83D\\uDE00\\n'},'n':{'N':'1000'},'b':{'B':'AP8='},'bool':{'BOOL':false},'null':{'NULL':true},"
                        + "'l':{'L':[{'N':'1'}]},'m':{'M':{'k':{'S':'a'}}},'ss':{'SS':['a','b']},'ns':{'NS':['1','2']},"
                        + "'bs':{'BS':['AQ==']}}}");
    }

    @Test
    void what_there_is_not_is_left_out() {
        assertBody(new ItemRead(null, null), "{}");
        assertBody(new ItemWritten(null, null), "{}");
        assertBody(new ItemWritten(KEY, null), "{'Attributes':{'k':{'S':'a'}}}");
    }

    @Test
    void consumed_capacity_is_told_as_asked() {
        assertThat(ConsumedCapacity.of(ReturnCapacity.NONE, "birds", 1)).isNull();
        assertBody(
                new ItemWritten(null, ConsumedCapacity.of(ReturnCapacity.TOTAL, "birds", 1)),
                "{'ConsumedCapacity':{'TableName':'birds','CapacityUnits':1.0}}");
        assertBody(
                new ItemRead(null, ConsumedCapacity.of(ReturnCapacity.INDEXES, "birds", 0.5)),
                "{'ConsumedCapacity':{'TableName':'birds','CapacityUnits':0.5,'Table':{'CapacityUnits':0.5}}}");
    }

    @Test
    void a_page_has_items_or_their_number() {
        assertBody(
                new ItemsRead(List.of(KEY), 1, 2, KEY, null),
                "{'Items':[{'k':{'S':'a'}}],'Count':1,'ScannedCount':2,'LastEvaluatedKey':{'k':{'S':'a'}}}");
        assertBody(new ItemsRead(null, 3, 3, null, null), "{'Count':3,'ScannedCount':3}");
        assertBody(new ItemsRead(List.of(), 0, 0, null, null), "{'Items':[],'Count':0,'ScannedCount':0}");
    }

    @Test
    void a_batch_tells_what_is_left() {
        var projected = new ExpressionTexts(null, null, null, null, "#a", null, Map.of("#a", "a"), null);
        var legacy = new ExpressionTexts(null, null, null, null, null, List.of("a"), null, null);
        assertBody(
                new BatchRead(
                        Map.of("birds", List.of(KEY)),
                        List.of(
                                new KeysOfTable("nests", "nests", List.of(KEY), true, projected),
                                new KeysOfTable("eggs", "eggs", List.of(KEY), false, legacy)),
                        List.of(new ConsumedCapacity("birds", 1, false))),
                "{'Responses':{'birds':[{'k':{'S':'a'}}]},'UnprocessedKeys':{'nests':{'Keys':[{'k':{'S':'a'}}],"
                        + "'ConsistentRead':true,'ProjectionExpression':'#a','ExpressionAttributeNames':{'#a':'a'}},"
                        + "'eggs':{'Keys':[{'k':{'S':'a'}}],'ConsistentRead':false,'AttributesToGet':['a']}},"
                        + "'ConsumedCapacity':[{'TableName':'birds','CapacityUnits':1.0}]}");
        assertBody(
                new BatchWritten(
                        List.of(new WritesOfTable(
                                "birds", "birds", List.of(new Write.Put(KEY), new Write.Delete(KEY)))),
                        List.of()),
                "{'UnprocessedItems':{'birds':[{'PutRequest':{'Item':{'k':{'S':'a'}}}},"
                        + "{'DeleteRequest':{'Key':{'k':{'S':'a'}}}}]}}");
        assertBody(new BatchRead(Map.of(), List.of(), List.of()), "{'Responses':{},'UnprocessedKeys':{}}");
    }

    @Test
    void a_table_is_described() {
        var byRequest = new TableSchema(
                "birds",
                "11111111-2222-3333-4444-555555555555",
                new KeyAttribute("k", KeyType.S),
                new KeyAttribute("s", KeyType.N),
                Billing.BY_REQUEST,
                TableClass.STANDARD_INFREQUENT_ACCESS,
                true,
                Map.of(),
                1_700_000_000_007L);
        assertBody(
                new TableDescribed(new TableDescription(
                        byRequest, TableDescription.Status.ACTIVE, "arn:aws:dynamodb:a:1:table/birds", 3, 99)),
                "{'Table':{'AttributeDefinitions':[{'AttributeName':'k','AttributeType':'S'},"
                        + "{'AttributeName':'s','AttributeType':'N'}],'KeySchema':[{'AttributeName':'k','KeyType':'HASH'},"
                        + "{'AttributeName':'s','KeyType':'RANGE'}],'TableName':'birds','TableStatus':'ACTIVE',"
                        + "'CreationDateTime':1700000000.007,'ProvisionedThroughput':{'NumberOfDecreasesToday':0,"
                        + "'ReadCapacityUnits':0,'WriteCapacityUnits':0},'TableSizeBytes':99,'ItemCount':3,"
                        + "'TableArn':'arn:aws:dynamodb:a:1:table/birds','TableId':'11111111-2222-3333-4444-555555555555',"
                        + "'BillingModeSummary':{'BillingMode':'PAY_PER_REQUEST',"
                        + "'LastUpdateToPayPerRequestDateTime':1700000000.007},"
                        + "'TableClassSummary':{'TableClass':'STANDARD_INFREQUENT_ACCESS'},'DeletionProtectionEnabled':true}}");
    }

    @Test
    void a_table_made_or_deleted_is_described_too() {
        var provisioned = new TableSchema(
                "birds",
                "id",
                new KeyAttribute("k", KeyType.B),
                null,
                new Billing(Billing.Mode.PROVISIONED, 3, 4),
                TableClass.STANDARD,
                false,
                Map.of(),
                1_700_000_000_000L);
        var members = "'AttributeDefinitions':[{'AttributeName':'k','AttributeType':'B'}],"
                + "'KeySchema':[{'AttributeName':'k','KeyType':'HASH'}],'TableName':'birds','TableStatus':'%s',"
                + "'CreationDateTime':1700000000.000,'ProvisionedThroughput':{'NumberOfDecreasesToday':0,"
                + "'ReadCapacityUnits':3,'WriteCapacityUnits':4},'TableSizeBytes':0,'ItemCount':0,'TableArn':'arn',"
                + "'TableId':'id','DeletionProtectionEnabled':false}}";
        assertBody(
                new TableCreated(new TableDescription(provisioned, TableDescription.Status.CREATING, "arn", 0, 0)),
                "{'TableDescription':{" + members.formatted("CREATING"));
        assertBody(
                new TableDeleted(new TableDescription(provisioned, TableDescription.Status.DELETING, "arn", 0, 0)),
                "{'TableDescription':{" + members.formatted("DELETING"));
    }

    @Test
    void lists_limits_and_endpoints_are_written() {
        assertBody(
                new TablesListed(List.of("a.a", "b.b"), "b.b"),
                "{'TableNames':['a.a','b.b'],'LastEvaluatedTableName':'b.b'}");
        assertBody(new TablesListed(List.of(), null), "{'TableNames':[]}");
        assertBody(
                LimitsDescribed.DEFAULT,
                "{'AccountMaxReadCapacityUnits':80000,'AccountMaxWriteCapacityUnits':80000,"
                        + "'TableMaxReadCapacityUnits':40000,'TableMaxWriteCapacityUnits':40000}");
        assertBody(
                new EndpointsDescribed("localhost:4566", 1440),
                "{'Endpoints':[{'Address':'localhost:4566','CachePeriodInMinutes':1440}]}");
    }

    /** The check value of CRC-32: that of the digits 1 to 9. */
    @Test
    void the_checksum_is_crc_32_in_decimal() {
        assertThat(BodyChecksum.of("123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("3421780262");
        assertThat(BodyChecksum.of("{}".getBytes(StandardCharsets.US_ASCII))).isEqualTo("2745614147");
    }

    private static void assertBody(TableReply reply, String body) {
        assertThat(new String(TableReplyCodec.encode(reply), StandardCharsets.UTF_8))
                .isEqualTo(body.replace('\'', '"'));
    }
}
