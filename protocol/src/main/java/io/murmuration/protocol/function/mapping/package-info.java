/**
 * Lambda's event source mappings on the wire: their requests and replies, the payload that a function gets from a table's stream, and what its answer
 * says of it.
 */
@NullMarked
package io.murmuration.protocol.function.mapping;

import org.jspecify.annotations.NullMarked;
