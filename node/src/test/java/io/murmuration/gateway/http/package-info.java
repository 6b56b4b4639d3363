@NullMarked
package io.murmuration.gateway.http;

import org.jspecify.annotations.NullMarked;
