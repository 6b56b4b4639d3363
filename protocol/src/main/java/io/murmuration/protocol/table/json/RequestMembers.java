package io.murmuration.protocol.table.json;

import io.murmuration.protocol.table.json.AttributeValueReader.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a request on items as they stand in the document, unchecked but for their JSON types; null if absent. Which members a
 * request has is the operation's affair: others are skipped, whatever they hold, as DynamoDB does.
 */
final class RequestMembers {
    @Nullable
    String tableName;

    @Nullable
    String indexName;

    @Nullable
    Values item;

    @Nullable
    Values key;

    @Nullable
    Values startKey;

    @Nullable
    Values values;

    @Nullable
    Map<String, String> names;

    @Nullable
    String condition;

    @Nullable
    String update;

    @Nullable
    String keyCondition;

    @Nullable
    String filter;

    @Nullable
    String projection;

    @Nullable
    List<String> attributesToGet;

    @Nullable
    String returnValues;

    @Nullable
    String returnCapacity;

    @Nullable
    String returnMetrics;

    @Nullable
    String returnOnFailure;

    @Nullable
    String conditionalOperator;

    @Nullable
    String select;

    @Nullable
    Long limit;

    @Nullable
    Long segment;

    @Nullable
    Long segments;

    @Nullable
    Boolean consistent;

    @Nullable
    Boolean forward;
    /** Names of all members that are present. */
    final Set<String> present = new HashSet<>();

    private final JsonInput in;

    RequestMembers(JsonInput in) {
        this.in = in;
    }

    static RequestMembers read(JsonInput in, String type, Set<String> members) throws IOException {
        var read = new RequestMembers(in);
        read.read(members, type);
        return read;
    }

    private void read(Set<String> members, String type) throws IOException {
        in.document(type, name -> members.contains(name) && member(name));
    }

    /** Reads the member, which is not null. */
    boolean member(String name) throws IOException {
        present.add(name);
        switch (name) {
            case "TableName" -> tableName = in.text();
            case "IndexName" -> indexName = in.text();
            case "Item" -> item = AttributeValueReader.read(in);
            case "Key" -> key = AttributeValueReader.read(in);
            case "ExclusiveStartKey" -> startKey = AttributeValueReader.read(in);
            case "ExpressionAttributeValues" -> values = AttributeValueReader.read(in);
            case "ExpressionAttributeNames" -> names = names();
            case "ConditionExpression" -> condition = in.text();
            case "UpdateExpression" -> update = in.text();
            case "KeyConditionExpression" -> keyCondition = in.text();
            case "FilterExpression" -> filter = in.text();
            case "ProjectionExpression" -> projection = in.text();
            case "AttributesToGet" -> attributesToGet = attributes();
            case "ReturnValues" -> returnValues = in.text();
            case "ReturnConsumedCapacity" -> returnCapacity = in.text();
            case "ReturnItemCollectionMetrics" -> returnMetrics = in.text();
            case "ReturnValuesOnConditionCheckFailure" -> returnOnFailure = in.text();
            case "ConditionalOperator" -> conditionalOperator = in.text();
            case "Select" -> select = in.text();
            case "Limit" -> limit = in.integer("Integer");
            case "Segment" -> segment = in.integer("Integer");
            case "TotalSegments" -> segments = in.integer("Integer");
            case "ConsistentRead" -> consistent = in.flag();
            case "ScanIndexForward" -> forward = in.flag();
            default -> in.skip();
        }
        return true;
    }

    private Map<String, String> names() throws IOException {
        var byPlaceholder = new LinkedHashMap<String, String>();
        in.entries("java.lang.String", name -> {
            var attribute = in.text();
            byPlaceholder.put(name, attribute == null ? "" : attribute);
        });
        return Collections.unmodifiableMap(byPlaceholder);
    }

    private List<String> attributes() throws IOException {
        var attributes = new ArrayList<String>();
        in.elements(() -> {
            var attribute = in.text();
            attributes.add(attribute == null ? "" : attribute);
        });
        return Collections.unmodifiableList(attributes);
    }
}
