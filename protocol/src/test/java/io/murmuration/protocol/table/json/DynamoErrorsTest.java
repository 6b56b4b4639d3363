package io.murmuration.protocol.table.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.TableError;
import io.murmuration.protocol.table.operation.TableErrors;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DynamoErrorsTest {
    @Test
    void each_part_of_the_service_has_its_namespace() {
        assertBody(
                ServiceError.validation("m"),
                "{'__type':'com.amazon.coral.validate#ValidationException','message':'m'}");
        assertBody(
                TableErrors.notFound("birds"),
                "{'__type':'com.amazonaws.dynamodb.v20120810#ResourceNotFoundException',"
                        + "'message':'Requested resource not found: Table: birds not found'}");
        assertBody(
                new ServiceError(CommonError.SERIALIZATION, "m"),
                "{'__type':'com.amazon.coral.service#SerializationException','Message':'m'}");
        assertBody(
                new ServiceError(CommonError.THROTTLING, "m"),
                "{'__type':'com.amazon.coral.availability#ThrottlingException','message':'m'}");
        assertBody(
                new ServiceError(CommonError.REQUEST_TIMEOUT, "m"),
                "{'__type':'com.amazon.coral.service#RequestTimeoutException','message':'m'}");
        assertBody(
                new ServiceError(CommonError.OUTCOME_UNKNOWN, "m"),
                "{'__type':'com.amazonaws.dynamodb.v20120810#InternalServerError','message':'m'}");
    }

    @Test
    void an_error_without_a_message_has_no_member_for_it() {
        assertBody(DynamoErrors.unknownOperation(), "{'__type':'com.amazon.coral.service#UnknownOperationException'}");
        assertBody(
                new ServiceError(CommonError.SERIALIZATION, ""),
                "{'__type':'com.amazon.coral.service#SerializationException'}");
    }

    @Test
    void a_failed_condition_shows_the_item_if_asked() {
        assertBody(
                DynamoErrors.conditionFailed(Map.of("k", AttributeValue.string("a\"b"))),
                "{'__type':'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',"
                        + "'message':'The conditional request failed','Item':{'k':{'S':'a\\'b'}}}");
        assertBody(
                DynamoErrors.conditionFailed(null),
                "{'__type':'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',"
                        + "'message':'The conditional request failed'}");
    }

    @ParameterizedTest
    @MethodSource
    void each_error_has_a_type_that_clients_read(ErrorCode code) {
        assertThat(new String(DynamoErrors.encode(new ServiceError(code, "m")), StandardCharsets.UTF_8))
                .contains("#" + code.wireName() + "\"");
    }

    static Stream<ErrorCode> each_error_has_a_type_that_clients_read() {
        return Stream.of(CommonError.values(), TableError.values()).flatMap(Arrays::stream);
    }

    @Test
    void tables_are_refused_in_dynamodb_s_words() {
        assertThat(TableErrors.notFound().message()).isEqualTo("Requested resource not found");
        assertThat(TableErrors.exists("birds").message()).isEqualTo("Table already exists: birds");
        assertThat(TableErrors.beingDeleted("birds").message())
                .isEqualTo("Attempt to change a resource which is still in use: Table is being deleted: birds");
        assertThat(TableErrors.protectedAgainstDeletion().message())
                .isEqualTo("Resource cannot be deleted as it is currently protected against deletion. "
                        + "Disable deletion protection first.");
    }

    private static void assertBody(ServiceError error, String body) {
        assertThat(new String(DynamoErrors.encode(error), StandardCharsets.UTF_8))
                .isEqualTo(body.replace('\'', '"'));
    }
}
