/**
 * Chunks of objects' bodies, replicated: a file each on as many nodes as there are replicas. The port is {@link io.murmuration.object.chunk.Chunks};
 * {@link io.murmuration.object.chunk.ChunkStore} has the files of one node, {@link io.murmuration.object.chunk.ChunkPeers} is the way to the others'.
 *
 * <p>A chunk's id is drawn before its first byte is written, and the index of the group that stands in the id knows it from then on, until it is
 * collected. So whoever finds a chunk that its index does not know may remove it, whatever the time is: nothing will ever refer to it.
 *
 * <p>What can go wrong, and what then is true:
 *
 * <ul>
 *   <li>A copy's node dies, stands still or has no room while the chunk is written: the copy is given up, the others go on. Without a majority of
 *       durable copies the chunk fails, and with it the upload, before anything was acknowledged.
 *   <li>A node dies behind the majority: the third copy is missing until the scrubber fetches it.
 *   <li>A copy changes on its disk: each block has a checksum that every reader verifies, so that the next place is asked; the damaged file is
 *       replaced by what another place has.
 *   <li>A copy changes on its way: the receiver's sum of the chunk is compared with the sender's before the copy counts.
 *   <li>A node that was away has files of chunks that were collected meanwhile: its scrubber asks the index, which does not know them.
 * </ul>
 *
 * <p>Data lies in the folder that the store is opened with: {@code writing/} has what is being written, {@code 00/} to {@code ff/} have whole chunks, by
 * the first two digits of their ids.
 */
@NullMarked
package io.murmuration.object.chunk;

import org.jspecify.annotations.NullMarked;
