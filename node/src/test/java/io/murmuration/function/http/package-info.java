@NullMarked
package io.murmuration.function.http;

import org.jspecify.annotations.NullMarked;
