@NullMarked
package io.murmuration.http;

import org.jspecify.annotations.NullMarked;
