/**
 * The index of a bucket: which objects it has, and where their bytes are. A durable entity for each bucket and group, {@link
 * io.murmuration.object.index.BucketShard}, is the only writer of the rows of those keys that hash to the group.
 *
 * <p>What a body's chunks are referred to by, at any moment, is exactly one of: an open intent, a part, garbage. All three are rows of the group that
 * stands in the chunk's id, and a fourth row says that the chunk is known at all. It is written with the intent, before the first byte of the chunk, and
 * removed only by the collection of garbage. The failure story:
 *
 * <ul>
 *   <li>An upload dies with its node: its intent stays, and the keeper turns it into garbage after a day. Committing it later is refused, for the
 *       decision wants the intent.
 *   <li>A commit's outcome is unknown: nobody needs to know. The intent either became a part and an entry, in one decision, or it is still there and
 *       expires. Giving it up is a decision too: after it the commit is refused, before it the giving up finds nothing.
 *   <li>An object is replaced or deleted: the same decision makes its chunks garbage. They stay readable for a while, for those who are reading.
 *   <li>The keeper dies between removing chunks and their rows: it is done again, by whoever leads next; removing what is not there does no harm.
 *   <li>A bucket is deleted: see {@link io.murmuration.object.index.BucketState}.
 * </ul>
 */
@NullMarked
package io.murmuration.object.index;

import org.jspecify.annotations.NullMarked;
