/**
 * Event source mappings: functions that are called with what changes in tables. Port {@link io.murmuration.trigger.Mappings}, started by {@link
 * io.murmuration.trigger.TriggerNode}.
 *
 * <p>A mapping is a resource of the catalogue. In each shard it has a {@code Cursor}, a row of the shard's group that is changed by the entity {@code
 * ShardCursors} alone. On the shard's leader a {@code TriggerKeeper} runs a {@code ShardReader} for each enabled mapping, which reads the stream's records
 * from the rows beside it.
 *
 * <p>What could go wrong, and why it does not:
 * <ul>
 *   <li><em>A record is passed over.</em> The cursor moves only by a decision of its shard, from where the mover takes it to be, and only after the
 *       function answered. It stands in the same group's log as the records, so that whoever leads has both. Records are given up only where the
 *       mapping's own limits or the stream's retention say so, and that is logged.
 *   <li><em>A record is missed at the beginning.</em> A mapping is shown as enabled only after every shard has made its cursor; the place of one that
 *       begins with the latest is that of the last change in the rows over which its making was decided. What is written later has a greater place.
 *   <li><em>Delivery goes back behind what was passed.</em> A batch is sent only if a read barrier, begun for it, has been passed and the cursor is
 *       where the batch begins. A leader that no longer is one cannot pass a barrier; what it had already sent may come again from the next leader, and both
 *       may then run at once: that is a repeat of the same batch.
 *   <li><em>Something is sent for a mapping that was deleted.</em> Deleting closes the cursor in every shard before the mapping goes, and the cursor is
 *       looked at behind that barrier. Closed cursors stay, so that a belated word to one of them finds it closed.
 *   <li><em>A change is left half done.</em> The status of a mapping says what is to be done; {@code Settling} can be repeated by anybody, for every word
 *       to a cursor carries the mapping's revision and an older one is not heeded. The catalogue's leader finishes what others left.
 *   <li><em>One mapping keeps others.</em> Each has its own reader; of the batches under way none's function gets more than its fair share.
 * </ul>
 */
@NullMarked
package io.murmuration.trigger;

import org.jspecify.annotations.NullMarked;
