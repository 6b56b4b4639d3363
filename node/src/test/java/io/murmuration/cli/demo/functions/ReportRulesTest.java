package io.murmuration.cli.demo.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportRulesTest {
    private static final Map<String, Object> SENT =
            Map.of("species", " Killdeer ", "airport", "Heathrow", "date", "2026-05-01");

    @Test
    void a_report_without_an_id_gets_that_of_its_request() {
        assertThat(ReportRules.report(SENT, "r1"))
                .isEqualTo(Map.of("species", "Killdeer", "airport", "Heathrow", "report", "2026-05-01#r1"));
    }

    @Test
    void a_report_with_an_id_keeps_it_so_that_it_may_be_sent_again() {
        assertThat(ReportRules.report(with("report", "mine"), "r1")).containsEntry("report", "2026-05-01#mine");
    }

    @ParameterizedTest
    @CsvSource({"species,''", "airport,''", "date,''", "date,yesterday", "date,2026-5-1"})
    void a_report_that_lacks_something_is_refused(String name, String value) {
        assertThatThrownBy(() -> ReportRules.report(with(name, value), "r1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void texts_may_have_80_characters_and_no_more() {
        assertThat(ReportRules.report(with("note", "n".repeat(80)), "r1")).containsKey("note");
        assertThatThrownBy(() -> ReportRules.report(with("note", "n".repeat(81)), "r1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, Object> with(String name, String value) {
        var sent = new HashMap<>(SENT);
        sent.put(name, value);
        return sent;
    }
}
