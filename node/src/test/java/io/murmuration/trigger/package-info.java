/** Tests of {@code trigger}. */
@NullMarked
package io.murmuration.trigger;

import org.jspecify.annotations.NullMarked;
