/** Tests of execution environments. */
@NullMarked
package io.murmuration.function.environment;

import org.jspecify.annotations.NullMarked;
