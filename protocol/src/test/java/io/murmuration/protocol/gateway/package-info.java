@NullMarked
package io.murmuration.protocol.gateway;

import org.jspecify.annotations.NullMarked;
