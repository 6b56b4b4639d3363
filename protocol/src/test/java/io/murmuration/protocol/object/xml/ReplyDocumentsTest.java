package io.murmuration.protocol.object.xml;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.operation.ObjectReply;
import io.murmuration.protocol.object.operation.ObjectReply.ListedObject;
import io.murmuration.protocol.object.operation.ObjectReply.ObjectsDeleted;
import io.murmuration.protocol.object.operation.ObjectReply.ObjectsListed;
import io.murmuration.protocol.object.operation.ObjectRequest.ListObjectsV2;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplyDocumentsTest {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";

    @Test
    void a_page_of_keys() {
        var request = new ListObjectsV2("birds", "", "/", "", null, false, 2, false);
        var object = new ListedObject(
                "a&b\r\u0001", Instant.parse("2025-11-28T10:00:00Z"), "e", 5, null, ChecksumType.FULL_OBJECT, null);

        assertThat(text(new ObjectsListed(request, List.of(object), List.of("c/"), "t")))
                .isEqualTo(HEAD + "<ListBucketResult" + NAMESPACE + "><Name>birds</Name><Prefix></Prefix>"
                        + "<NextContinuationToken>t</NextContinuationToken><KeyCount>2</KeyCount><MaxKeys>2</MaxKeys>"
                        + "<Delimiter>/</Delimiter><IsTruncated>true</IsTruncated><Contents><Key>a&amp;b&#xd;&#x1;</Key>"
                        + "<LastModified>2025-11-28T10:00:00.000Z</LastModified><ETag>\"e\"</ETag><Size>5</Size>"
                        + "<StorageClass>STANDARD</StorageClass></Contents>"
                        + "<CommonPrefixes><Prefix>c/</Prefix></CommonPrefixes></ListBucketResult>");
    }

    @Test
    void a_quiet_delete_tells_failures_only() {
        var failed = new ObjectReply.Failed("b", ObjectErrors.preconditionFailed("If-Match"));

        assertThat(text(new ObjectsDeleted(true, List.of("a"), List.of(failed))))
                .isEqualTo(HEAD + "<DeleteResult" + NAMESPACE + "><Error><Key>b</Key><Code>PreconditionFailed</Code>"
                        + "<Message>At least one of the pre-conditions you specified did not hold</Message></Error>"
                        + "</DeleteResult>");
    }

    @Test
    void an_error_has_its_details_and_its_request() {
        var bytes = ErrorDocument.encode(ObjectErrors.noSuchKey("a<b"), "/birds/a%3Cb", "4442587FB7D0A2F9", "node-1");

        assertThat(new String(bytes, StandardCharsets.UTF_8))
                .isEqualTo(HEAD + "<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message>"
                        + "<Key>a&lt;b</Key><Resource>/birds/a%3Cb</Resource><RequestId>4442587FB7D0A2F9</RequestId>"
                        + "<HostId>node-1</HostId></Error>");
    }

    @ParameterizedTest
    @MethodSource
    void every_error_that_s3_can_meet_has_a_name_of_s3s(ErrorCode code) {
        assertThat(ErrorDocument.status(new ServiceError(code, "m"))).isBetween(300, 599);
        assertThat(ErrorDocument.code(code)).doesNotEndWith("Exception");
    }

    static Stream<ErrorCode> every_error_that_s3_can_meet_has_a_name_of_s3s() {
        return Stream.of(CommonError.values(), ObjectError.values()).flatMap(Arrays::stream);
    }

    private static String text(ObjectReply reply) {
        return new String(ReplyDocuments.encode(reply), StandardCharsets.UTF_8);
    }
}
