/**
 * The Pekko cluster that places what is soft: instances of functions, points of presence. Nothing durable rests on it.
 *
 * <p>Who leads the catalogue's group decides: it forms the cluster if no node it hears is in one, and it alone takes members out. Nodes tell each
 * other over the links where their actor systems listen (ports that the system chose, so that a node started again is never taken for the one before).
 * Whom it takes out, Pekko finds silent at once ({@link io.murmuration.cluster.membership.MemberFailureDetector}) and removes.
 * <p>What fails: two leaders that do not hear each other may each form a cluster, and a node may be taken out that is alive behind a broken link.
 * Then soft state lives twice for a while, which its owners have to stand; once the links are whole, the nodes that the catalogue's leader does not
 * have among its members end with the status that has their wrapper start them again, and join. That is also how a node comes back that stood still for
 * long: Pekko does not speak to a process again that it has once taken out.
 */
@NullMarked
package io.murmuration.cluster.membership;

import org.jspecify.annotations.NullMarked;
