/** Event source mappings over HTTP. */
@NullMarked
package io.murmuration.trigger.http;

import org.jspecify.annotations.NullMarked;
