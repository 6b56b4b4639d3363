/** Real processes, real signals, and the checker that judges what clients saw. */
@NullMarked
package io.murmuration.chaos;

import org.jspecify.annotations.NullMarked;
