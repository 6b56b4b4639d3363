/**
 * What API Gateway and functions say to each other: the events of a Lambda proxy integration in both payload formats, and how a function's answer is
 * understood.
 */
@NullMarked
package io.murmuration.protocol.gateway.payload;

import org.jspecify.annotations.NullMarked;
