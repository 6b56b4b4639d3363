package io.murmuration.base;

/** A message of actors on different nodes: Jackson writes it as CBOR. What it holds is small; bodies travel otherwise. */
public interface CborMessage {}
