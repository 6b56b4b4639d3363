/** The pure replication core: Raft as a state machine without actor, I/O, clock, randomness or thread. Cites the sections of Ongaro's dissertation, "Consensus: Bridging Theory and Practice" (2014). */
@NullMarked
package io.murmuration.consensus;

import org.jspecify.annotations.NullMarked;
