/**
 * One partition of a table: the rules by which it decides writes over the rows of its shard, and the rows themselves.
 *
 * <p>A {@link io.murmuration.table.partition.TablePartition} is a durable entity of its shard's group; {@link
 * io.murmuration.table.partition.PartitionRules} decide. Data: rows {@code t} (items) and {@code p} (the partition's own state), see {@link
 * io.murmuration.table.partition.RowKeys}.
 */
@NullMarked
package io.murmuration.table.partition;

import org.jspecify.annotations.NullMarked;
