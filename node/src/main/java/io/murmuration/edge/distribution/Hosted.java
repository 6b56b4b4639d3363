package io.murmuration.edge.distribution;

import io.murmuration.edge.presence.Site;

/**
 * A distribution as viewers meet it.
 *
 * @param id of the distribution
 * @param site what points of presence work by; its id is the distribution's and its resource's, so that nothing kept for one outlives it
 * @param enabled whether viewers are answered
 * @param rootObject answers the path {@code /}; empty if none does
 */
public record Hosted(String id, Site site, boolean enabled, String rootObject) {}
