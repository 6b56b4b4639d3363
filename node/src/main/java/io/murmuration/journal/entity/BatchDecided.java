package io.murmuration.journal.entity;

import io.murmuration.journal.RowChange;
import io.murmuration.journal.RowEvent;
import java.util.List;

/** The event of one decided batch. It is nothing but the rows it changes, so it is not kept beside them. */
public record BatchDecided(List<RowChange> rowChanges) implements RowEvent {
    @Override
    public boolean retained() {
        return false;
    }
}
