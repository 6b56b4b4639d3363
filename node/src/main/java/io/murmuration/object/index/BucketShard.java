package io.murmuration.object.index;

import io.murmuration.journal.Rows;
import io.murmuration.journal.entity.Decision;
import io.murmuration.journal.entity.Entity;
import java.util.List;

/** The part of a bucket's index that one group has: the only writer of the bucket's rows there. */
public record BucketShard(long bucket, int group) implements Entity<IndexIntent, IndexOutcome> {
    @Override
    public String persistenceId() {
        return "bucket|" + bucket + "@" + group;
    }

    @Override
    public Decision<IndexOutcome> decide(Rows rows, List<IndexIntent> batch, int changesBytesMax) {
        return IndexRules.decide(bucket, rows, batch, changesBytesMax);
    }
}
