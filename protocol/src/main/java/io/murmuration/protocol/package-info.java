/** What crosses the border to a client: errors, values and wire formats. No server, no storage, no actor. */
@NullMarked
package io.murmuration.protocol;

import org.jspecify.annotations.NullMarked;
