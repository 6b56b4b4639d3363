/** Tests of Lambda's wire formats. */
@NullMarked
package io.murmuration.protocol.function;

import org.jspecify.annotations.NullMarked;
