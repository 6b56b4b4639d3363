/** Nodes, the links between them, and the port {@link io.murmuration.cluster.Leadership} that the journal implements. */
@NullMarked
package io.murmuration.cluster;

import org.jspecify.annotations.NullMarked;
