/**
 * HTTP caching by RFC 9111 with the times to live that CloudFront adds, as pure rules: no clock, no I/O, no state.
 *
 * <p>Start at {@link io.murmuration.edge.caching.CacheRules}.
 */
@NullMarked
package io.murmuration.edge.caching;

import org.jspecify.annotations.NullMarked;
