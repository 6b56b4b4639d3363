@NullMarked
package io.murmuration.table.http;

import org.jspecify.annotations.NullMarked;
