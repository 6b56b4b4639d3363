/**
 * What the demo's functions do, in Java: they run in processes of their own, by Amazon's runtime interface client. Nothing of the node may be used here,
 * for only this package and the jar of the JSON library are in a function's zip.
 */
@NullMarked
package io.murmuration.cli.demo.functions;

import org.jspecify.annotations.NullMarked;
