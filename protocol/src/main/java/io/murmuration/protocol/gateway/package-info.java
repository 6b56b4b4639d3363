/**
 * HTTP APIs as API Gateway's second protocol has them: what describes one, the requests of its REST interface and their replies, and errors. What
 * integrations receive and answer is in {@link io.murmuration.protocol.gateway.payload}.
 */
@NullMarked
package io.murmuration.protocol.gateway;

import org.jspecify.annotations.NullMarked;
