/** Tests of {@code protocol.function.mapping}. */
@NullMarked
package io.murmuration.protocol.function.mapping;

import org.jspecify.annotations.NullMarked;
