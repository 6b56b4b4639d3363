@NullMarked
package io.murmuration.main;

import org.jspecify.annotations.NullMarked;
