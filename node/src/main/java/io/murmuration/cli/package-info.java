/**
 * The {@code murmur} command. {@link io.murmuration.cli.Murmur} parses, one {@code …Command} class per verb acts, {@code LocalCluster} is what
 * they act on: a formatted data folder and the processes of its nodes. It speaks to nodes as any client does, by HTTP and by signals.
 */
@NullMarked
package io.murmuration.cli;

import org.jspecify.annotations.NullMarked;
