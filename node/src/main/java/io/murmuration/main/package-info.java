/**
 * The running process. {@link io.murmuration.main.NodeMain} reads what the node is told and owns its end, the guardian wires the capabilities, and
 * nothing is decided here.
 */
@NullMarked
package io.murmuration.main;

import org.jspecify.annotations.NullMarked;
