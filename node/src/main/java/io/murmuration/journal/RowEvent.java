package io.murmuration.journal;

import java.util.List;

/**
 * An event that says itself which rows of its group it changes. The leader's rules computed them once; every replica copies them as it commits
 * the event, so that no two can differ.
 */
public interface RowEvent {
    List<RowChange> rowChanges();

    /**
     * Whether the event itself is kept beside the rows it became, for readers of the feed. An entity whose events are not kept recovers
     * from an {@link AppliedRows} offered as a snapshot at its applied sequence number, and replays nothing.
     */
    boolean retained();
}
