/**
 * The front door: one listener on the loopback address, behind it every service. {@link io.murmuration.http.FrontDoor} names, in order, what each
 * request passes; a {@link io.murmuration.http.Service} is what stands behind. Nothing is stored here.
 */
@NullMarked
package io.murmuration.http;

import org.jspecify.annotations.NullMarked;
