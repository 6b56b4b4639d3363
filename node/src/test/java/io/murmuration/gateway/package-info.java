@NullMarked
package io.murmuration.gateway;

import org.jspecify.annotations.NullMarked;
