@NullMarked
package io.murmuration.function.instance;

import org.jspecify.annotations.NullMarked;
