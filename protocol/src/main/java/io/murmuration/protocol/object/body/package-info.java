/**
 * Bodies of objects as they stream: AWS's chunked framing, checksums, ETags. State machines without I/O; none holds more of a body than the line it is
 * in. A body's way is {@link io.murmuration.protocol.object.body.BodyReader}.
 */
@NullMarked
package io.murmuration.protocol.object.body;

import org.jspecify.annotations.NullMarked;
