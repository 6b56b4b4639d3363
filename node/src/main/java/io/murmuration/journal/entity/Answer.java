package io.murmuration.journal.entity;

import io.murmuration.protocol.ServiceError;

/** What became of a request to an entity. */
public sealed interface Answer<R> {
    /** Decided, durable and applied here; these rows of the group hold it from {@code appliedIndex} on. */
    record Decided<R>(R reply, long appliedIndex) implements Answer<R> {}

    /** Surely not proposed: another node leads the group. {@code leader} is a better guess, 0 if none is known. */
    record NotLeader<R>(long leader) implements Answer<R> {}

    /** Surely not applied, for the reason given. */
    record NotApplied<R>(ServiceError error) implements Answer<R> {}

    /** Proposed, and its outcome is not known: it may yet be applied. */
    record Unknown<R>() implements Answer<R> {}
}
