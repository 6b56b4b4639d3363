/**
 * The proof of the replication: whole clusters in one thread, on simulated time, network and disk, driving the production core, replica, log and
 * command codecs and partition rules. Begin at {@link io.murmuration.simulation.Simulation}.
 */
@NullMarked
package io.murmuration.simulation;

import org.jspecify.annotations.NullMarked;
