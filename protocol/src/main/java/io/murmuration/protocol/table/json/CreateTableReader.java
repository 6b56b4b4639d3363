package io.murmuration.protocol.table.json;

import io.murmuration.protocol.table.operation.CreateTableRules;
import io.murmuration.protocol.table.operation.CreateTableRules.AttributeDefinition;
import io.murmuration.protocol.table.operation.CreateTableRules.KeyElement;
import io.murmuration.protocol.table.operation.CreateTableRules.Tag;
import io.murmuration.protocol.table.operation.TableRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads CreateTable and checks the constraints of its model; what the parameters mean together is {@link CreateTableRules}. */
final class CreateTableReader {
    /** Features that a table cannot have yet. Asking for one is an error: a table without it would not be what the client believes it has. */
    private static final Set<String> UNSUPPORTED = Set.of(
            "LocalSecondaryIndexes",
            "GlobalSecondaryIndexes",
            "WarmThroughput",
            "ResourcePolicy",
            "OnDemandThroughput",
            "GlobalTableSourceArn",
            "GlobalTableSettingsReplicationMode",
            "VectorIndexes");

    private static final int KEY_ELEMENTS_MAX = 2;
    private static final int ATTRIBUTE_NAME_MAX = 255;
    private static final int TAG_KEY_MAX = 128;
    private static final int TAG_VALUE_MAX = 256;

    private final JsonInput in;
    private @Nullable String tableName;
    private @Nullable List<NamedType> definitions;
    private @Nullable List<NamedType> keySchema;
    private @Nullable String billingMode;
    private boolean throughput;
    private @Nullable Long readUnits;
    private @Nullable Long writeUnits;
    private @Nullable String tableClass;
    private boolean deletionProtection;
    private boolean stream;
    private @Nullable Boolean streamEnabled;
    private @Nullable String streamViewType;
    private @Nullable String encryptionType;
    private final List<TagMembers> tags = new ArrayList<>();
    private final Set<String> unsupported = new TreeSet<>();

    private CreateTableReader(JsonInput in) {
        this.in = in;
    }

    /** An attribute definition or an element of a key schema: both are a name and a type. */
    private static final class NamedType {
        @Nullable
        String name;

        @Nullable
        String type;
    }

    private static final class TagMembers {
        @Nullable
        String key;

        @Nullable
        String value;
    }

    static TableRequest read(JsonInput in) throws IOException {
        return new CreateTableReader(in).read();
    }

    private TableRequest read() throws IOException {
        in.document("CreateTableInput", this::member);
        var name = TableRequestReader.requiredTable(tableName);
        var constraints = new Constraints();
        check(constraints, name);
        constraints.check();
        return new CreateTableRules(
                        name,
                        namedTypes(definitions).stream()
                                .map(each -> new AttributeDefinition(text(each.name), text(each.type)))
                                .toList(),
                        namedTypes(keySchema).stream()
                                .map(each -> new KeyElement(text(each.name), text(each.type)))
                                .toList(),
                        billingMode,
                        throughput,
                        readUnits == null ? 0 : readUnits,
                        writeUnits == null ? 0 : writeUnits,
                        tableClass,
                        deletionProtection,
                        tags.stream()
                                .map(tag -> new Tag(text(tag.key), text(tag.value)))
                                .toList(),
                        Boolean.TRUE.equals(streamEnabled),
                        streamViewType,
                        List.copyOf(unsupported))
                .request();
    }

    private boolean member(String name) throws IOException {
        switch (name) {
            case "TableName" -> tableName = in.text();
            case "AttributeDefinitions" -> definitions = namedTypes("AttributeDefinition", "AttributeType");
            case "KeySchema" -> keySchema = namedTypes("KeySchemaElement", "KeyType");
            case "BillingMode" -> billingMode = in.text();
            case "ProvisionedThroughput" -> throughput = in.field("ProvisionedThroughput", this::throughputMember);
            case "TableClass" -> tableClass = in.text();
            case "DeletionProtectionEnabled" -> deletionProtection = Boolean.TRUE.equals(in.flag());
            case "StreamSpecification" -> stream = in.field("StreamSpecification", this::streamMember);
            case "SSESpecification" -> in.field("SSESpecification", this::encryptionMember);
            case "Tags" -> in.elements(this::tag);
            default -> {
                if (UNSUPPORTED.contains(name)) {
                    unsupported.add(name);
                }
                return false;
            }
        }
        return true;
    }

    private List<NamedType> namedTypes(String structure, String typeMember) throws IOException {
        var elements = new ArrayList<NamedType>();
        in.elements(() -> {
            var element = new NamedType();
            in.element(structure, member -> {
                if (member.equals("AttributeName")) {
                    element.name = in.text();
                    return true;
                }
                if (member.equals(typeMember)) {
                    element.type = in.text();
                    return true;
                }
                return false;
            });
            elements.add(element);
        });
        return elements;
    }

    private boolean throughputMember(String name) throws IOException {
        switch (name) {
            case "ReadCapacityUnits" -> readUnits = in.integer("Long");
            case "WriteCapacityUnits" -> writeUnits = in.integer("Long");
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean streamMember(String name) throws IOException {
        switch (name) {
            case "StreamEnabled" -> streamEnabled = in.flag();
            case "StreamViewType" -> streamViewType = in.text();
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Disabled, as DynamoDB's default, means a key that nobody chooses: there is none to be named. */
    private boolean encryptionMember(String name) throws IOException {
        switch (name) {
            case "Enabled" -> {
                if (Boolean.TRUE.equals(in.flag())) {
                    unsupported.add("SSESpecification");
                }
            }
            case "SSEType" -> {
                encryptionType = in.text();
                unsupported.add("SSESpecification");
            }
            case "KMSMasterKeyId" -> {
                in.text();
                unsupported.add("SSESpecification");
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void tag() throws IOException {
        var tag = new TagMembers();
        in.element("Tag", member -> {
            switch (member) {
                case "Key" -> tag.key = in.text();
                case "Value" -> tag.value = in.text();
                default -> {
                    return false;
                }
            }
            return true;
        });
        tags.add(tag);
    }

    private void check(Constraints constraints, String name) {
        constraints.notNull("attributeDefinitions", definitions);
        checkElements(constraints, "attributeDefinitions", definitions, "attributeType", "B", "N", "S");
        constraints.name("tableName", name);
        constraints.oneOf("billingMode", billingMode, "PROVISIONED", "PAY_PER_REQUEST");
        if (throughput) {
            checkUnits(constraints, "writeCapacityUnits", writeUnits);
            checkUnits(constraints, "readCapacityUnits", readUnits);
        }
        constraints.notNull("keySchema", keySchema);
        var rendered = render(keySchema);
        constraints.lengthAtLeast("keySchema", rendered, namedTypes(keySchema).size(), 1);
        constraints.lengthAtMost("keySchema", rendered, namedTypes(keySchema).size(), KEY_ELEMENTS_MAX);
        checkElements(constraints, "keySchema", keySchema, "keyType", "HASH", "RANGE");
        constraints.oneOf("tableClass", tableClass, "STANDARD", "STANDARD_INFREQUENT_ACCESS");
        if (stream) {
            constraints.notNull("streamSpecification.streamEnabled", streamEnabled);
        }
        constraints.oneOf(
                "streamSpecification.streamViewType",
                streamViewType,
                "NEW_IMAGE",
                "OLD_IMAGE",
                "NEW_AND_OLD_IMAGES",
                "KEYS_ONLY");
        constraints.oneOf("sSESpecification.sSEType", encryptionType, "AES256", "KMS");
        for (var i = 0; i < tags.size(); i++) {
            var path = "tags." + (i + 1) + ".member.";
            constraints.notNull(path + "key", tags.get(i).key);
            constraints.length(path + "key", tags.get(i).key, 1, TAG_KEY_MAX);
            constraints.notNull(path + "value", tags.get(i).value);
            constraints.length(path + "value", tags.get(i).value, 0, TAG_VALUE_MAX);
        }
    }

    private static void checkUnits(Constraints constraints, String member, @Nullable Long units) {
        constraints.notNull("provisionedThroughput." + member, units);
        constraints.atLeast("provisionedThroughput." + member, units, 1);
    }

    private static void checkElements(
            Constraints constraints,
            String list,
            @Nullable List<NamedType> elements,
            String typeMember,
            String... types) {
        var index = 0;
        for (var element : namedTypes(elements)) {
            index++;
            var path = list + "." + index + ".member.";
            constraints.notNull(path + "attributeName", element.name);
            constraints.length(path + "attributeName", element.name, 1, ATTRIBUTE_NAME_MAX);
            constraints.notNull(path + typeMember, element.type);
            constraints.oneOf(path + typeMember, element.type, types);
        }
    }

    private static @Nullable List<String> render(@Nullable List<NamedType> keySchema) {
        return keySchema == null
                ? null
                : keySchema.stream()
                        .map(each -> "KeySchemaElement(attributeName=" + each.name + ", keyType=" + each.type + ")")
                        .toList();
    }

    private static List<NamedType> namedTypes(@Nullable List<NamedType> elements) {
        return elements == null ? List.of() : elements;
    }

    private static String text(@Nullable String member) {
        return ItemRequestReader.required(member);
    }
}
