/**
 * S3's operations: {@link io.murmuration.protocol.object.operation.ObjectRequest} is what a client can ask, checked in all that needs neither bucket
 * nor object; {@link io.murmuration.protocol.object.operation.ObjectReply} is what it is answered.
 */
@NullMarked
package io.murmuration.protocol.object.operation;

import org.jspecify.annotations.NullMarked;
