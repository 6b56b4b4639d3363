/** Tests of functions, with real processes. */
@NullMarked
package io.murmuration.function;

import org.jspecify.annotations.NullMarked;
