/**
 * LevelDB, made safe to stand on: looked over before it is opened, every read checked, no use after close, one face for the native library and for
 * the pure Java one that stands in where there is no native library.
 */
@NullMarked
package io.murmuration.journal.leveldb;

import org.jspecify.annotations.NullMarked;
