package io.murmuration.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where points of presence and viewers are. A viewer's place comes from its address, for which ranges of the loopback network stand, or from the
 * header {@value #VIEWER_HEADER}.
 *
 * @param presences by their ids in ascending order
 * @param cities by name
 * @param networks city names by the second number of an address of 127.0.0.0/8
 * @param home the city of all other viewers
 */
public record Geography(
        List<Presence> presences, Map<String, Place> cities, Map<Integer, String> networks, String home) {
    /** The request header by which a viewer says where it is: a city, or latitude and longitude in degrees. */
    public static final String VIEWER_HEADER = "x-murmur-viewer";

    /** Latitude and longitude in degrees. */
    private static final Pattern COORDINATES =
            Pattern.compile("(-?[0-9]{1,3}(?:\\.[0-9]{1,9})?) *, *(-?[0-9]{1,3}(?:\\.[0-9]{1,9})?)");

    private static final int LOOPBACK = 127;

    public Geography {
        presences =
                presences.stream().sorted(Comparator.comparing(Presence::id)).toList();
        cities = Map.copyOf(cities);
        networks = Map.copyOf(networks);
        if (presences.isEmpty() || !cities.containsKey(home)) {
            throw new SettingsException("A geography has points of presence, and its home is one of its cities.");
        }
    }

    /**
     * A point of presence.
     *
     * @param region the region whose nodes host it
     */
    public record Presence(String id, String city, String region, Place place) {}

    /** The one that comes with this module: the file {@code geography.conf}. */
    public static Geography standard() {
        return from(
                ConfigFactory.parseResources(Geography.class, "geography.conf").resolve());
    }

    /**
     * Reads and checks the block {@code geography}.
     *
     * @throws SettingsException on a bad or unknown key
     */
    public static Geography from(Config config) {
        var reader = new SettingsReader(config, "geography");
        var presences = new ArrayList<Presence>();
        for (var id : reader.names("presences")) {
            var key = "presences." + id;
            if (!id.matches("[A-Z]{3}[0-9]{1,2}")) {
                throw reader.refuse(key, "named by three capital letters and a number, such as NRT1");
            }
            presences.add(
                    new Presence(id, reader.text(key + ".city"), reader.text(key + ".region"), place(reader, key)));
        }
        var cities = new HashMap<String, Place>();
        var networks = new HashMap<Integer, String>();
        for (var city : reader.names("cities")) {
            var key = "cities." + SettingsReader.quoted(city);
            cities.put(city, place(reader, key));
            if (networks.put(reader.number(key + ".network", 1, 254), city) != null) {
                throw reader.refuse(key + ".network", "a network of its own");
            }
        }
        var geography = new Geography(presences, cities, networks, reader.text("home"));
        reader.refuseUnknown();
        return geography;
    }

    private static Place place(SettingsReader reader, String key) {
        return new Place(reader.decimal(key + ".latitude", -90, 90), reader.decimal(key + ".longitude", -180, 180));
    }

    /** The city that an address stands for. */
    public String cityOf(InetAddress address) {
        var bytes = address.getAddress();
        var network = bytes.length == 4 && bytes[0] == LOOPBACK ? networks.get(Byte.toUnsignedInt(bytes[1])) : null;
        return network == null ? home : network;
    }

    /**
     * The city that a viewer names; case does not count.
     *
     * @throws SettingsException if there is none of that name; the message lists those that there are
     */
    public String city(String name) {
        return cities.keySet().stream()
                .filter(city -> city.equalsIgnoreCase(name.strip()))
                .findFirst()
                .orElseThrow(() -> new SettingsException("There is no city " + name.strip() + " for " + VIEWER_HEADER
                        + "; there are "
                        + String.join(", ", cities.keySet().stream().sorted().toList()) + "."));
    }

    /**
     * Where a viewer is that says so: the name of a city, or degrees such as {@code 35.7,139.7}.
     *
     * @throws SettingsException if it is neither
     */
    public Place place(String text) {
        var coordinates = COORDINATES.matcher(text.strip());
        if (coordinates.matches()) {
            return new Place(Double.parseDouble(coordinates.group(1)), Double.parseDouble(coordinates.group(2)));
        }
        return placeOf(city(text));
    }

    /** The place of a city that there is. */
    public Place placeOf(String city) {
        return Objects.requireNonNull(cities.get(city), city);
    }

    /** Points of presence from a city, nearest first; of two that are equally far, the lower id. */
    public List<Presence> byDistance(String city) {
        return byDistance(placeOf(city(city)));
    }

    /** The same from any place. */
    public List<Presence> byDistance(Place place) {
        return presences.stream()
                .sorted(Comparator.comparingDouble(presence -> presence.place().kilometresTo(place)))
                .toList();
    }

    /** The regions that have points of presence, sorted. */
    public List<String> regions() {
        return presences.stream().map(Presence::region).distinct().sorted().toList();
    }

    /**
     * The nodes that may host a region's points of presence, best first. The nodes of a local cluster are in no region: each region gets one of them in
     * turn, and the others in their order in its place, so that a region moves only if its own node goes or comes.
     *
     * @param nodes how many the cluster has; they are numbered from 1
     */
    public List<Integer> nodesFor(String region, int nodes) {
        int first = Math.max(0, regions().indexOf(region));
        return IntStream.range(0, nodes)
                .mapToObj(further -> 1 + (first + further) % nodes)
                .toList();
    }

    /** The nearest that is there; empty if none is. */
    public Optional<Presence> nearest(String city, Predicate<Presence> there) {
        return byDistance(city).stream().filter(there).findFirst();
    }
}
