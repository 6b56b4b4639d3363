/**
 * Functions' code: zips, named by their SHA-256 and kept as files.
 *
 * <p>Port: {@link io.murmuration.function.code.CodeStore}. Data: the folder {@code code} of a node, one file for each zip that has its place here.
 *
 * <p>What may fail, and why nothing acknowledged is lost then:
 *
 * <ul>
 *   <li>A function is written to the catalogue after its code is durable: the file's bytes are synced, then its name, on a majority of the nodes that
 *       the id gives it to. So whatever row anybody reads, its code is on a majority of its places, and one node's disk may be lost.
 *   <li>A node dies while it writes: what has no name yet is removed at its next start. What has its name is whole, because the name came last.
 *   <li>A file is damaged: it is read whole and its digest is its name, so it is never run. The others are asked, and the damaged file is replaced by what they give.
 *   <li>A place is away while code is stored: it does not get the code later. Whoever has its place here and does not find it fetches and keeps it when it first runs it.
 *   <li>Two store the same at once: each writes a file of its own, and the second rename puts the same bytes in the place of the first.
 *   <li>The catalogue refuses a function whose code is stored already, or the caller dies in between: the code stays, and nothing refers to it. Code is
 *       never removed, for nobody can tell a zip that is no longer needed from one whose function is about to be written.
 * </ul>
 */
@NullMarked
package io.murmuration.function.code;

import org.jspecify.annotations.NullMarked;
