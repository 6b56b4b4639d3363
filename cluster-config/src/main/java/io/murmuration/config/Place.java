package io.murmuration.config;

/**
 * A place on the globe.
 *
 * @param latitude degrees in [-90, 90], north positive
 * @param longitude degrees in [-180, 180], east positive
 */
public record Place(double latitude, double longitude) {
    /** Of the sphere with the Earth's volume. */
    private static final double RADIUS_KM = 6371.0;

    public Place {
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new SettingsException(
                    "A place has a latitude in [-90, 90] and a longitude in [-180, 180] degrees, not " + latitude
                            + " and " + longitude + ".");
        }
    }

    /** The great circle's way to another place in kilometres; by haversines, which are exact for near places too. */
    public double kilometresTo(Place other) {
        var halfNorth = Math.sin(Math.toRadians(other.latitude - latitude) / 2);
        var halfEast = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
        var half = halfNorth * halfNorth
                + Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(other.latitude)) * halfEast * halfEast;
        return 2 * RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(half)));
    }
}
