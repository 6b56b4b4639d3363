/** Who asks: request signatures (AWS Signature Version 4) and the keys that this node knows. Pure: no clock, no HTTP library. */
@NullMarked
package io.murmuration.identity;

import org.jspecify.annotations.NullMarked;
