package io.murmuration.journal.entity;

import io.murmuration.journal.RowChange;
import java.util.List;

/**
 * What the rules decided: row changes to make durable, then the replies they justify.
 *
 * @param changes empty if nothing is to be made durable: the replies then only tell what is true
 * @param replies for the first so many requests of the batch, in its order; at least one
 */
public record Decision<R>(List<RowChange> changes, List<R> replies) {}
