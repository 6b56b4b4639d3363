package io.murmuration.protocol.table;

/** The types that a key attribute can have. */
public enum KeyType {
    S,
    N,
    B;

    public boolean is(AttributeValue value) {
        return value.type().equals(name());
    }
}
