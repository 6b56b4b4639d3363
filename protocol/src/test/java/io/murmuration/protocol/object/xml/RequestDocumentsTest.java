package io.murmuration.protocol.object.xml;

import static io.murmuration.protocol.object.Requests.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.operation.ObjectRequest.CompletedPart;
import io.murmuration.protocol.object.operation.ObjectRequest.ToDelete;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDocumentsTest {
    @Test
    void keys_come_as_they_were_written() {
        var document =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                        + "<!-- two --><Object><Key>a&amp;b&#xd;&lt;é</Key></Object><Object><Key><![CDATA[<c>]]> d</Key></Object></Delete>";

        var request = RequestDocuments.deleteObjects("birds", bytes(document));

        assertThat(request.objects()).containsExactly(new ToDelete("a&b\r<é", null), new ToDelete("<c> d", null));
        assertThat(request.quiet()).isFalse();
    }

    @Test
    void parts_come_in_the_clients_order() {
        var document = "<CompleteMultipartUpload><Part><PartNumber>2</PartNumber><ETag>&quot;f&quot;</ETag></Part>"
                + "<Part><ETag>e</ETag><PartNumber> 1 </PartNumber></Part></CompleteMultipartUpload>";

        assertThat(RequestDocuments.completedParts(bytes(document)))
                .isEqualTo(List.of(new CompletedPart(2, "f", null), new CompletedPart(1, "e", null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no document",
                "<Delete>",
                "<Delete/>",
                "<Other><Object><Key>a</Key></Object></Other>",
                "<Delete><Object/></Delete>",
                "<Delete><Object><Key></Key></Object></Delete>",
                "<Delete><Object><Key>a</Key><VersionId>7</VersionId></Object></Delete>",
                "<Delete><Object><Key>a</Key></Object></Delete><Delete/>",
                "<Delete><Object><Key>&#0;</Key></Object></Delete>"
            })
    void what_is_not_as_the_schema_has_it_is_malformed(String document) {
        assertMalformed(document);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10001", "-1", "x", ""})
    void a_parts_number_is_from_1_to_10000(String number) {
        var document = "<CompleteMultipartUpload><Part><PartNumber>" + number
                + "</PartNumber><ETag>e</ETag></Part></CompleteMultipartUpload>";

        assertThat(refusal(() -> RequestDocuments.completedParts(bytes(document)))
                        .code())
                .isEqualTo(ObjectError.MALFORMED_XML);
    }

    @Test
    void a_thousand_keys_are_taken_and_no_more() {
        var thousand = "<Object><Key>a</Key></Object>".repeat(1000);

        assertThat(RequestDocuments.deleteObjects("birds", bytes("<Delete>" + thousand + "</Delete>"))
                        .objects())
                .hasSize(1000);
        assertMalformed("<Delete>" + thousand + "<Object><Key>b</Key></Object></Delete>");
    }

    @Test
    void no_file_is_read_for_an_entity(@TempDir Path folder) throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), "secret");

        assertMalformed("<!DOCTYPE Delete [<!ENTITY x SYSTEM \"" + secret.toUri()
                + "\">]><Delete><Object><Key>a&x;</Key></Object></Delete>");
        assertMalformed(
                "<!DOCTYPE Delete SYSTEM \"" + secret.toUri() + "\"><Delete><Object><Key>a</Key></Object></Delete>");
    }

    @Test
    void entities_of_ones_own_do_not_grow() {
        var bomb = new StringBuilder("<!DOCTYPE Delete [<!ENTITY a0 \"aaaaaaaaaa\">");
        for (int at = 1; at < 12; at++) {
            bomb.append("<!ENTITY a")
                    .append(at)
                    .append(" \"")
                    .append(("&a" + (at - 1) + ";").repeat(10))
                    .append("\">");
        }

        assertMalformed(bomb + "]><Delete><Object><Key>&a11;</Key></Object></Delete>");
    }

    @Test
    void depth_is_bounded() {
        int deep = 100_000;

        assertMalformed("<Delete>" + "<a>".repeat(deep) + "</a>".repeat(deep) + "</Delete>");
    }

    private static void assertMalformed(String document) {
        var error = refusal(() -> RequestDocuments.deleteObjects("birds", bytes(document)));

        assertThat(error.code()).isEqualTo(ObjectError.MALFORMED_XML);
        assertThat(error.message())
                .isEqualTo("The XML you provided was not well-formed or did not validate against our published schema");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
