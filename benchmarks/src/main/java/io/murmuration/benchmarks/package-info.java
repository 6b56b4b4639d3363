/** Measurements: JMH micro-benchmarks of hot paths, and comparisons of whole processes. Nothing depends on this module. */
@NullMarked
package io.murmuration.benchmarks;

import org.jspecify.annotations.NullMarked;
