/** HTTP in front of functions: the Runtime API, which their processes speak. */
@NullMarked
package io.murmuration.function.http;

import org.jspecify.annotations.NullMarked;
