package io.murmuration.consensus;

/**
 * What a replica must remember across a crash besides its log (dissertation, figure 3.1).
 *
 * @param term the latest term it has seen, 0 before any
 * @param votedFor the node it voted for in that term, {@link #NOBODY} if none
 */
public record HardState(long term, long votedFor) {
    public static final long NOBODY = 0;
    public static final HardState NEW = new HardState(0, NOBODY);
}
