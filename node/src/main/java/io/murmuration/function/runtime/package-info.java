/** What makes a function's code run: its unpacked zip, the program of its runtime, and the environment variables that it finds. */
@NullMarked
package io.murmuration.function.runtime;

import org.jspecify.annotations.NullMarked;
