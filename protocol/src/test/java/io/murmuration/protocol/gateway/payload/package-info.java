@NullMarked
package io.murmuration.protocol.gateway.payload;

import org.jspecify.annotations.NullMarked;
