/**
 * Tables: their items, and the operations on them.
 *
 * <p>Port: {@link io.murmuration.table.Tables}, started by {@link io.murmuration.table.TableNode}. A request is compiled and checked where it
 * arrives ({@code TableService}), brought to the leader of its shard ({@code Partitions}), and decided there by a durable entity, see {@link
 * io.murmuration.table.partition}. Actors: an entity host for each group on this node, and a {@code Keeper} for each group that removes the rows of
 * deleted tables. Data: rows of the groups from 1 on.
 */
@NullMarked
package io.murmuration.table;

import org.jspecify.annotations.NullMarked;
