/** Tests of {@code base}. */
@NullMarked
package io.murmuration.base;

import org.jspecify.annotations.NullMarked;
