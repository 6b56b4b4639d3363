package io.murmuration.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import io.murmuration.config.Geography.Presence;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeographyTest {
    private final Geography geography = Geography.standard();

    /** A quarter of the equator and of a meridian, half of the globe, and nothing. */
    @ParameterizedTest
    @CsvSource({
        "0,0,0,90,10007.5",
        "0,0,90,0,10007.5",
        "0,0,0,180,20015.1",
        "90,0,-90,17,20015.1",
        "0,179,0,-179,222.4",
        "1,2,1,2,0"
    })
    void distances_follow_the_great_circle(double north, double east, double north2, double east2, double kilometres) {
        assertThat(new Place(north, east).kilometresTo(new Place(north2, east2)))
                .isCloseTo(kilometres, within(0.1));
    }

    @Test
    void a_known_distance() {
        assertThat(new Place(51.51, -0.13).kilometresTo(new Place(35.68, 139.69)))
                .as("London to Tokyo")
                .isBetween(9500.0, 9620.0);
    }

    @ParameterizedTest
    @CsvSource({
        "127.81.0.1,Tokyo",
        "127.81.255.254,Tokyo",
        "127.49.3.4,Berlin",
        "127.10.0.1,New York",
        "127.0.0.1,London",
        "127.200.0.1,London",
        "10.81.0.1,London",
        "'::1',London"
    })
    void addresses_stand_for_cities(String address, String city) throws UnknownHostException {
        assertThat(geography.cityOf(InetAddress.getByName(address))).isEqualTo(city);
    }

    @ParameterizedTest
    @CsvSource({
        "Tokyo,NRT1",
        "osaka,NRT1",
        " paris ,LHR1",
        "Berlin,FRA1",
        "New York,IAD1",
        "Honolulu,SFO1",
        "Auckland,SYD1"
    })
    void viewers_go_to_the_nearest(String city, String presence) {
        assertThat(geography.nearest(city, there -> true)).map(Presence::id).contains(presence);
    }

    @Test
    void a_viewer_may_say_where_it_is() {
        assertThat(geography.place(" paris ")).isEqualTo(new Place(48.86, 2.35));
        assertThat(geography.place("-33.9, 18.4")).isEqualTo(new Place(-33.9, 18.4));
        assertThat(geography.byDistance(geography.place("35,139")))
                .first()
                .extracting(Presence::id)
                .isEqualTo("NRT1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"91,0", "0,181", "1,2,3", "1;2", "", "x,y"})
    void a_place_that_there_is_not_is_refused(String text) {
        assertThatThrownBy(() -> geography.place(text)).isInstanceOf(SettingsException.class);
    }

    @Test
    void each_region_prefers_a_node_and_has_all_others_in_its_place() {
        for (var region : geography.regions()) {
            assertThat(geography.nodesFor(region, 3)).containsExactlyInAnyOrder(1, 2, 3);
        }
        assertThat(geography.regions()).hasSize(10).isSorted();
        assertThat(geography.nodesFor(geography.regions().get(4), 3)).containsExactly(2, 3, 1);
        assertThat(geography.nodesFor("eu-west-2", 1)).containsExactly(1);
    }

    @Test
    void if_it_is_away_they_go_to_the_next() {
        assertThat(geography.byDistance("Tokyo")).map(Presence::id).startsWith("NRT1", "SIN1", "BOM1", "SYD1");
        assertThat(geography.nearest("Tokyo", presence -> !presence.id().equals("NRT1")))
                .map(Presence::id)
                .contains("SIN1");
        assertThat(geography.nearest("Tokyo", presence -> false)).isEmpty();
    }

    @Test
    void of_two_equally_far_the_lower_id_counts() {
        var here = new Place(0, 0);
        var east = new Presence("BBB1", "east", "r", new Place(0, 10));
        var west = new Presence("AAA1", "west", "r", new Place(0, -10));

        for (var presences : List.of(List.of(east, west), List.of(west, east))) {
            var geography = new Geography(presences, Map.of("here", here), Map.of(), "here");
            assertThat(geography.byDistance("here")).containsExactly(west, east);
        }
    }

    @Test
    void an_unknown_city_is_refused_with_those_that_there_are() {
        assertThatThrownBy(() -> geography.nearest("Atlantis", presence -> true))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("There is no city Atlantis for x-murmur-viewer; there are Auckland, Berlin, ")
                .hasMessageEndingWith("Tokyo.");
    }

    @Test
    void every_presence_has_a_plain_place() {
        assertThat(geography.presences()).hasSize(10).doesNotHaveDuplicates();
        assertThat(geography.cities()).hasSameSizeAs(geography.networks());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "geography.cities.Tokyo.network = 44",
                "geography.cities.Tokyo.network = 0",
                "geography.cities.Tokyo.latitude = 91",
                "geography.cities.Tokyo.latitude = north",
                "geography.cities.Tokyo.height = 3",
                "geography.presences.NRT1.city = null",
                "geography.presences.tokyo { city = a, region = b, latitude = 1, longitude = 1 }",
                "geography.home = Atlantis",
            })
    void a_bad_or_unknown_key_is_refused(String line) {
        var config = ConfigFactory.parseString(line)
                .withFallback(ConfigFactory.parseResources(Geography.class, "geography.conf"))
                .resolve();

        assertThatThrownBy(() -> Geography.from(config)).isInstanceOf(SettingsException.class);
    }
}
