package io.murmuration.protocol.table.json;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.operation.DynamoOperation;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.DescribeEndpoints;
import io.murmuration.protocol.table.operation.TableRequest.DescribeLimits;
import java.io.IOException;

/** Requests from the bodies that clients send. */
public final class TableRequestCodec {
    private TableRequestCodec() {}

    /**
     * Reads and checks a request, as far as that needs neither the table nor the expressions' grammar.
     *
     * @param operation one that is {@link DynamoOperation#supported()}
     * @param body the whole body, at least {@code {}}
     * @throws ServiceException with DynamoDB's own words: a SerializationException for what is no JSON or of a wrong JSON type, a
     *     ValidationException for the rest
     */
    public static TableRequest decode(DynamoOperation operation, byte[] body) {
        try (var in = JsonInput.open(body)) {
            return decode(operation, in);
        } catch (IOException notJson) {
            throw JsonInput.refused("");
        }
    }

    private static TableRequest decode(DynamoOperation operation, JsonInput in) throws IOException {
        return switch (operation) {
            case CREATE_TABLE -> CreateTableReader.read(in);
            case DESCRIBE_TABLE -> TableRequestReader.describe(in);
            case LIST_TABLES -> TableRequestReader.list(in);
            case DELETE_TABLE -> TableRequestReader.delete(in);
            case PUT_ITEM -> ItemRequestReader.put(in);
            case GET_ITEM -> ItemRequestReader.get(in);
            case UPDATE_ITEM -> ItemRequestReader.update(in);
            case DELETE_ITEM -> ItemRequestReader.delete(in);
            case QUERY -> PageRequestReader.query(in);
            case SCAN -> PageRequestReader.scan(in);
            case BATCH_GET_ITEM -> BatchRequestReader.get(in);
            case BATCH_WRITE_ITEM -> BatchRequestReader.write(in);
            case DESCRIBE_LIMITS -> {
                TableRequestReader.empty(in, "DescribeLimitsInput");
                yield new DescribeLimits();
            }
            case DESCRIBE_ENDPOINTS -> {
                TableRequestReader.empty(in, "DescribeEndpointsRequest");
                yield new DescribeEndpoints();
            }
            default -> throw new ServiceException(DynamoErrors.unknownOperation());
        };
    }
}
