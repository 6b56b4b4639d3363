@NullMarked
package io.murmuration.identity;

import org.jspecify.annotations.NullMarked;
