package io.murmuration.journal;

/** This node does not lead the group; nothing was done. {@code leader} is a better guess, 0 if none is known. */
public final class NotLeaderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long leader;

    public NotLeaderException(long leader) {
        super("this node does not lead the group", null, false, false);
        this.leader = leader;
    }

    public long leader() {
        return leader;
    }
}
