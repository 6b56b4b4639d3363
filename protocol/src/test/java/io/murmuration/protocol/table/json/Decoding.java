package io.murmuration.protocol.table.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.operation.DynamoOperation;
import io.murmuration.protocol.table.operation.TableRequest;
import java.nio.charset.StandardCharsets;

/** Decodes documents that tests write with single quotes. */
final class Decoding {
    private Decoding() {}

    static TableRequest decode(DynamoOperation operation, String document) {
        return TableRequestCodec.decode(operation, document.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    static ServiceError refusal(DynamoOperation operation, String document) {
        return catchThrowableOfType(ServiceException.class, () -> decode(operation, document))
                .error();
    }

    static void assertInvalid(DynamoOperation operation, String document, String message) {
        assertThat(refusal(operation, document)).isEqualTo(new ServiceError(CommonError.VALIDATION, message));
    }

    static void assertUnreadable(DynamoOperation operation, String document, String message) {
        assertThat(refusal(operation, document)).isEqualTo(new ServiceError(CommonError.SERIALIZATION, message));
    }
}
