/** Tests of {@code function.queue}. */
@NullMarked
package io.murmuration.function.queue;

import org.jspecify.annotations.NullMarked;
