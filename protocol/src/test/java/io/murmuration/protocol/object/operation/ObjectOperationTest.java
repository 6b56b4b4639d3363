package io.murmuration.protocol.object.operation;

import static io.murmuration.protocol.object.Requests.head;
import static io.murmuration.protocol.object.Requests.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.object.ObjectAddress;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.RequestHead;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectOperationTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /                                  | LIST_BUCKETS
            GET    | /?max-buckets=5                    | LIST_BUCKETS
            PUT    | /birds                             | CREATE_BUCKET
            PUT    | /birds/                            | CREATE_BUCKET
            HEAD   | /birds                             | HEAD_BUCKET
            DELETE | /birds                             | DELETE_BUCKET
            GET    | /birds?list-type=2&prefix=a        | LIST_OBJECTS_V2
            POST   | /birds?delete                      | DELETE_OBJECTS
            POST   | /birds?delete=                     | DELETE_OBJECTS
            PUT    | /birds/k?x-id=PutObject            | PUT_OBJECT
            GET    | /birds/k?response-expires=0        | GET_OBJECT
            GET    | /birds/k?partNumber=2              | GET_OBJECT
            HEAD   | /birds/k                           | HEAD_OBJECT
            DELETE | /birds/k                           | DELETE_OBJECT
            POST   | /birds/k?uploads                   | CREATE_MULTIPART_UPLOAD
            GET    | /birds                             | LIST_OBJECTS
            GET    | /birds?uploads                     | LIST_MULTIPART_UPLOADS
            GET    | /birds?location                    | GET_BUCKET_LOCATION
            GET    | /birds?notification                | GET_BUCKET_NOTIFICATION
            PUT    | /birds?notification                | PUT_BUCKET_NOTIFICATION
            PUT    | /birds/k?partNumber=1&uploadId=u   | UPLOAD_PART
            POST   | /birds/k?uploadId=u                | COMPLETE_MULTIPART_UPLOAD
            DELETE | /birds/k?uploadId=u                | ABORT_MULTIPART_UPLOAD
            GET    | /birds/k?uploadId=u                | LIST_PARTS
            """)
    void a_request_is_told_by_method_path_and_query(String method, String target, ObjectOperation operation) {
        assertThat(told(head(method, target))).isEqualTo(operation);
    }

    @Test
    void a_put_with_a_source_is_a_copy() {
        assertThat(told(head("PUT", "/b/k", "x-amz-copy-source: /b/l"))).isEqualTo(ObjectOperation.COPY_OBJECT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /birds?acl                         | GET of the bucket's sub-resource acl is not offered.
            PUT    | /birds?policy                      | PUT of the bucket's sub-resource policy is not offered.
            GET    | /birds?versions                    | GET of the bucket's sub-resource versions is not offered.
            PUT    | /birds/k?tagging                   | PUT of the object's sub-resource tagging is not offered.
            GET    | /birds/k?attributes                | GET of the object's sub-resource attributes is not offered.
            POST   | /birds/k?select&select-type=2      | POST of the object's sub-resource select is not offered.
            POST   | /birds                             | Uploads by an HTML form are not offered.
            """)
    void what_s3_has_and_we_do_not_is_not_implemented(String method, String target, String what) {
        var error = refusal(() -> told(head(method, target)));

        assertThat(error.code()).isEqualTo(ObjectError.NOT_IMPLEMENTED);
        assertThat(error.message()).isEqualTo("A header you provided implies functionality that is not implemented");
        assertThat(error.details()).isEqualTo(Map.of("AdditionalMessage", what));
    }

    @Test
    void a_part_is_copied() {
        var head = head("PUT", "/b/k?partNumber=1&uploadId=u", "x-amz-copy-source: /b/l");

        assertThat(told(head)).isEqualTo(ObjectOperation.UPLOAD_PART_COPY);
    }

    @ParameterizedTest
    @CsvSource({"PUT, /, SERVICE", "PATCH, /birds, BUCKET", "PATCH, /birds/k, OBJECT", "POST, /birds/k, OBJECT"})
    void what_s3_has_not_either_is_not_allowed(String method, String target, String type) {
        var error = refusal(() -> told(head(method, target)));

        assertThat(error.code()).isEqualTo(ObjectError.METHOD_NOT_ALLOWED);
        assertThat(error.details()).isEqualTo(Map.of("Method", method, "ResourceType", type));
    }

    private static ObjectOperation told(RequestHead head) {
        return ObjectOperation.of(head, ObjectAddress.of(head));
    }
}
