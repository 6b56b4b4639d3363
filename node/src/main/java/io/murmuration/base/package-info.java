/** Clock, random, ids and bytes: the few things every capability needs and none owns. */
@NullMarked
package io.murmuration.base;

import org.jspecify.annotations.NullMarked;
