package io.murmuration.edge.placement;

import io.murmuration.config.Geography;
import io.murmuration.config.Place;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which points of presence are near a viewer; for the cities that there are, worked out once. */
public final class Nearby {
    private final Geography geography;
    private final Map<String, List<Near>> byCity = new HashMap<>();

    public Nearby(Geography geography) {
        this.geography = geography;
        geography.cities().keySet().forEach(city -> byCity.put(city, of(geography.placeOf(city))));
    }

    /** A point of presence and how far it is. */
    public record Near(String presence, int kilometres) {}

    /** From the city that an address stands for, nearest first. */
    public List<Near> of(InetAddress address) {
        return Objects.requireNonNull(byCity.get(geography.cityOf(address)));
    }

    /** From where somebody is whose address is not known. */
    public List<Near> home() {
        return Objects.requireNonNull(byCity.get(geography.home()));
    }

    /**
     * From where a viewer says that it is: see {@link Geography#place}.
     *
     * @throws io.murmuration.config.SettingsException if there is no such place
     */
    public List<Near> of(String told) {
        return of(geography.place(told));
    }

    private List<Near> of(Place place) {
        return geography.byDistance(place).stream()
                .map(presence -> new Near(
                        presence.id(), (int) Math.round(presence.place().kilometresTo(place))))
                .toList();
    }
}
