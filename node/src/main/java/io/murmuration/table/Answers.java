package io.murmuration.table;

import io.murmuration.journal.entity.Answer;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.json.DynamoErrors;
import io.murmuration.protocol.table.operation.TableErrors;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.DeleteItem;
import io.murmuration.protocol.table.operation.TableRequest.PutItem;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import io.murmuration.table.partition.Outcome;
import java.util.Optional;

/** What partitions answer, as clients are told it. */
final class Answers {
    static final ServiceError NO_SUCH_TABLE = TableErrors.notFound();

    private Answers() {}

    /** The write that was done; empty if the table is gone. Fails with {@link ServiceException} if it was refused or is unknown. */
    static Optional<Outcome.Written> written(TableRequest request, Answer<Outcome> answer) {
        return switch (answer) {
            case Answer.Decided<Outcome> decided -> written(decided.reply());
            case Answer.NotApplied<Outcome> refused -> throw new ServiceException(refused.error());
            case Answer.Unknown<Outcome> unknown -> throw new ServiceException(unknown(harmless(request)));
            case Answer.NotLeader<Outcome> elsewhere -> throw new IllegalStateException("a leader that does not lead");
        };
    }

    private static Optional<Outcome.Written> written(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Written done -> Optional.of(done);
            case Outcome.ConditionFailed failed ->
                throw new ServiceException(DynamoErrors.conditionFailed(failed.item()));
            case Outcome.Refused refused -> throw new ServiceException(refused.error());
            case Outcome.TableClosed closed -> Optional.empty();
            case Outcome.Closed closed -> throw new IllegalStateException("closing answers a write");
            case Outcome.Trimmed trimmed -> throw new IllegalStateException("trimming answers a write");
            case Outcome.Purged purged -> throw new IllegalStateException("purging answers a write");
        };
    }

    /** What was read; empty if the table is gone. */
    static Optional<Read.Page> page(Answer<Read.Found> answer) {
        return switch (answer) {
            case Answer.Decided<Read.Found> decided ->
                switch (decided.reply()) {
                    case Read.Page page -> Optional.of(page);
                    case Read.Gone gone -> Optional.empty();
                };
            case Answer.NotApplied<Read.Found> refused -> throw new ServiceException(refused.error());
            case Answer.NotLeader<Read.Found> elsewhere ->
                throw new IllegalStateException("a leader that does not lead");
            case Answer.Unknown<Read.Found> unknown -> throw new IllegalStateException("a read cannot be unknown");
        };
    }

    static ServiceError unknown(boolean harmless) {
        return new ServiceError(
                CommonError.OUTCOME_UNKNOWN,
                harmless
                        ? "The outcome is unknown: the write may have been applied. Repeating it is safe."
                        : "The outcome is unknown: the write may have been applied. Repeating it may apply it twice, "
                                + "or fail a condition that its first time has changed: read the item first.");
    }

    /** Whether applying it twice is as applying it once, and answers the same. */
    private static boolean harmless(TableRequest request) {
        return switch (request) {
            case PutItem put -> put.expressions().condition() == null && put.returnValues() == ReturnValues.NONE;
            case DeleteItem delete ->
                delete.expressions().condition() == null && delete.returnValues() == ReturnValues.NONE;
            default -> false;
        };
    }
}
