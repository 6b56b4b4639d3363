/**
 * Object storage. So far: a node's chunk files ({@link io.murmuration.object.ChunkStore}) and the rules that need neither disk nor index: ranges,
 * conditions, listings, completed uploads.
 *
 * <p>Data lies in the folder that the store is opened with: {@code writing/} has what is being written, {@code 00/} to {@code ff/} have whole chunks, by
 * the first two digits of their ids.
 */
@NullMarked
package io.murmuration.object;

import org.jspecify.annotations.NullMarked;
