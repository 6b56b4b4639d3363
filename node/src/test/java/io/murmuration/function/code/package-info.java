@NullMarked
package io.murmuration.function.code;

import org.jspecify.annotations.NullMarked;
