package io.murmuration.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class StrikeReportTest {
    private static final List<StrikeReport> ALL = StrikeReport.readAll();

    @Test
    void all_reports_are_read_and_no_two_have_the_same_key() {
        assertThat(ALL).hasSize(10_000);
        assertThat(ALL.stream()
                        .map(report -> report.species() + "|" + report.id())
                        .distinct())
                .hasSize(10_000);
    }

    @Test
    void a_report_becomes_an_item() {
        assertThat(ALL.getFirst().item())
                .containsEntry("airport", AttributeValue.fromS("BARKSDALE AIR FORCE BASE ARPT"))
                .containsEntry("report", AttributeValue.fromS("1990-01-08#1"))
                .containsEntry("species", AttributeValue.fromS("Turkey vulture"))
                .containsEntry("cost", AttributeValue.fromN("0"))
                .containsEntry("speed", AttributeValue.fromN("300"))
                .hasSize(14);
    }

    @Test
    void what_a_report_does_not_say_is_no_attribute() {
        assertThat(ALL).anySatisfy(report -> assertThat(report.item()).doesNotContainKey("speed"));
        assertThat(ALL)
                .allSatisfy(report -> assertThat(report.item().values()).doesNotContain(AttributeValue.fromN("")));
    }

    @Test
    void a_load_hands_out_every_report_once() {
        var written = new ArrayList<StrikeReport>();

        new Load(ALL.subList(0, 110)).run(written::addAll);

        assertThat(written).isEqualTo(ALL.subList(0, 110));
    }
}
