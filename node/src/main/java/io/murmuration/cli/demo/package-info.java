/**
 * The main job, shown: {@code murmur demo} loads real reports through the unmodified AWS SDK, asks them questions, and writes on while nodes are
 * killed. {@link io.murmuration.cli.demo.Demo} tells the story; the ledgers keep what was promised, so that the end can be checked against it.
 */
@NullMarked
package io.murmuration.cli.demo;

import org.jspecify.annotations.NullMarked;
