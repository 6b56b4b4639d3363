/** Tests of what makes code run. */
@NullMarked
package io.murmuration.function.runtime;

import org.jspecify.annotations.NullMarked;
