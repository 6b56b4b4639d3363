/**
 * Durable entities of a replication group: gather, decide, persist.
 *
 * <p>An {@link io.murmuration.journal.entity.Entity} is a persistence id with pure rules over the group's rows. {@link
 * io.murmuration.journal.entity.EntityHost} runs the entities of one group while this node serves as its leader; {@link
 * io.murmuration.journal.entity.EntityActor} gathers requests into batches and owns their reply addresses; its child {@code EntityLog} decides a
 * batch and persists one {@link io.murmuration.journal.entity.BatchDecided}. Data: the rows of the group, nothing of its own.
 */
@NullMarked
package io.murmuration.journal.entity;

import org.jspecify.annotations.NullMarked;
