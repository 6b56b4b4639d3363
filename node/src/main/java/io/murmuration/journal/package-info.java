/** The replicated journal: replicas, log store, state store, snapshots and the Pekko Persistence plugin. Its port is {@link io.murmuration.journal.Journal}; its data lies under {@code log} and {@code state} of the node's folder. */
@NullMarked
package io.murmuration.journal;

import org.jspecify.annotations.NullMarked;
