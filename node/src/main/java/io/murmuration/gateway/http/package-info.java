/** HTTP in front of the gateway: API Gateway's REST interface for those who make APIs, and the APIs themselves for those who call them. */
@NullMarked
package io.murmuration.gateway.http;

import org.jspecify.annotations.NullMarked;
