/**
 * Tables: their items, the operations on them, and the streams of their changes.
 *
 * <p>Ports: {@link io.murmuration.table.Tables} and {@link io.murmuration.table.Streams}, started by {@link io.murmuration.table.TableNode}. A request is compiled and checked where it
 * arrives ({@code TableService}), brought to the leader of its shard ({@code Partitions}), and decided there by a durable entity, see {@link
 * io.murmuration.table.partition}. Actors: an entity host for each group on this node, a {@code Keeper} for each group that removes the rows of
 * deleted tables, and a {@code StreamTrimmer} that removes records which streams have kept for long enough. Data: rows of the groups from 1 on.
 */
@NullMarked
package io.murmuration.table;

import org.jspecify.annotations.NullMarked;
