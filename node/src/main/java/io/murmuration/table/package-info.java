/** Tables: their port is {@link io.murmuration.table.Tables}. */
@NullMarked
package io.murmuration.table;

import org.jspecify.annotations.NullMarked;
