package io.murmuration.protocol.table.operation;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.KeyType;
import io.murmuration.protocol.table.StreamView;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.TableSchema.TableClass;
import io.murmuration.protocol.table.operation.TableRequest.CreateTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the parameters of CreateTable must fulfil together, once each alone fulfils the constraints of DynamoDB's model. Messages are
 * DynamoDB's.
 *
 * @param keySchema one element or two
 * @param throughput whether provisioned throughput is given
 * @param readUnits 0 if not given
 * @param writeUnits 0 if not given
 * @param stream whether the table is to have a stream
 * @param streamView what it shows, null if not given
 * @param unsupported parameters given that ask for what there is not
 */
public record CreateTableRules(
        String table,
        List<AttributeDefinition> definitions,
        List<KeyElement> keySchema,
        @Nullable String billingMode,
        boolean throughput,
        long readUnits,
        long writeUnits,
        @Nullable String tableClass,
        boolean deletionProtection,
        List<Tag> tags,
        boolean stream,
        @Nullable String streamView,
        List<String> unsupported) {
    private static final long UNITS_MAX = 1_000_000_000_000L;
    private static final int TAGS_MAX = 50;
    private static final String INVALID = "One or more parameter values were invalid: ";

    /** @param type S, N or B */
    public record AttributeDefinition(String name, String type) {}

    /** @param type HASH or RANGE */
    public record KeyElement(String name, String type) {}

    public record Tag(String key, String value) {}

    /** The request, if it passes. */
    public CreateTable request() {
        var billing = billing();
        checkKeySchema();
        if (!unsupported.isEmpty()) {
            throw invalid(unsupported.getFirst() + " is not supported");
        }
        if (definitions.size() != keySchema.size()) {
            throw invalid("Number of attributes in KeySchema does not exactly match number of attributes defined in "
                    + "AttributeDefinitions");
        }
        return new CreateTable(
                table,
                keyAttribute(0),
                keySchema.size() == 1 ? null : keyAttribute(1),
                billing,
                tableClass == null ? TableClass.STANDARD : TableClass.valueOf(tableClass),
                deletionProtection,
                tagsByKey(),
                viewOfStream());
    }

    private @Nullable StreamView viewOfStream() {
        if (!stream) {
            if (streamView != null) {
                throw invalid("Table is being created with a stream disabled, UpdateViewType should not be specified");
            }
            return null;
        }
        if (streamView == null) {
            throw invalid("Table is being created with a stream enabled, UpdateViewType must be specified");
        }
        return StreamView.valueOf(streamView);
    }

    private Billing billing() {
        if (billingMode != null && Billing.Mode.valueOf(billingMode) == Billing.Mode.PAY_PER_REQUEST) {
            if (throughput) {
                throw invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                        + "PAY_PER_REQUEST");
            }
            return Billing.BY_REQUEST;
        }
        if (!throughput) {
            throw invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is "
                    + "PROVISIONED");
        }
        checkUnits("ReadCapacityUnits", readUnits);
        checkUnits("WriteCapacityUnits", writeUnits);
        return new Billing(Billing.Mode.PROVISIONED, readUnits, writeUnits);
    }

    private static void checkUnits(String parameter, long units) {
        if (units > UNITS_MAX) {
            throw ServiceException.validation("Given value " + units + " for " + parameter + " is out of bounds");
        }
    }

    private void checkKeySchema() {
        if (keySchema.size() > definitions.size()) {
            throw ServiceException.validation("Invalid KeySchema: Some index key attribute have no definition");
        }
        var defined = definitions.stream().map(AttributeDefinition::name).toList();
        var keys = keySchema.stream().map(KeyElement::name).toList();
        if (!defined.containsAll(keys)) {
            throw invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: " + keys
                    + ", AttributeDefinitions: " + defined);
        }
        if (keys.size() == 2 && keys.getFirst().equals(keys.getLast())) {
            throw ServiceException.validation(
                    "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }
        if (!keySchema.getFirst().type().equals("HASH")) {
            throw ServiceException.validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
        if (keySchema.size() == 2 && !keySchema.getLast().type().equals("RANGE")) {
            throw ServiceException.validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }
    }

    private KeyAttribute keyAttribute(int index) {
        var name = keySchema.get(index).name();
        var type = definitions.stream()
                .filter(definition -> definition.name().equals(name))
                .findFirst()
                .orElseThrow()
                .type();
        return new KeyAttribute(name, KeyType.valueOf(type));
    }

    private Map<String, String> tagsByKey() {
        var byKey = new LinkedHashMap<String, String>();
        for (var tag : tags) {
            if (byKey.put(tag.key(), tag.value()) != null) {
                throw invalid("Duplicate tag key: " + tag.key());
            }
        }
        if (byKey.size() > TAGS_MAX) {
            throw invalid("Too many tags: a table has at most " + TAGS_MAX);
        }
        return Collections.unmodifiableMap(byKey);
    }

    private static ServiceException invalid(String problem) {
        return ServiceException.validation(INVALID + problem);
    }
}
