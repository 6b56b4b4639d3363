/**
 * Functions as Lambda's protocol has them: what describes one, the requests of its REST interface and their replies, errors, and the payloads of
 * failed invocations.
 */
@NullMarked
package io.murmuration.protocol.function;

import org.jspecify.annotations.NullMarked;
