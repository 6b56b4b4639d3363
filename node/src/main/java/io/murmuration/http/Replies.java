package io.murmuration.http;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Counts the replies of one connection until the client has taken them. One that has no room is withheld: what only read is throttled, as if it had not
 * been done. The connection of a client that takes nothing for the idle timeout ends, and with it the reply.
 */
final class Replies implements Step {
    /**
     * A reply up to this is not counted, so that small requests are served whatever others leave lying. A larger one is written in such pieces, each
     * a copy: what was handed to the socket must not hold the whole, for then it would count no more.
     */
    static final int PIECE_BYTES = 16 * 1024;

    private static final ServiceError UNTOLD = new ServiceError(
            CommonError.OUTCOME_UNKNOWN,
            "The request was done, but there is no room for its answer: repeat it only if repeating does no harm.");

    private final ReplyBudget.Share share;
    private final Duration silenceMax;

    /** @param silenceMax after which a connection ends that takes no more of its reply */
    Replies(ReplyBudget.Share share, Duration silenceMax) {
        this.share = share;
        this.silenceMax = silenceMax;
    }

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        return next.pass(call).thenApply(reply -> {
            if (!(reply.entity() instanceof HttpEntity.Strict strict)
                    || strict.getData().size() <= PIECE_BYTES) {
                return reply;
            }
            return share.take(strict.getData().size())
                    ? reply.withEntity(HttpEntities.create(
                            strict.getContentType(), strict.getData().size(), pieces(strict.getData())))
                    : withheld(call, reply);
        });
    }

    private Source<ByteString, NotUsed> pieces(ByteString body) {
        int bytes = body.size();
        return Source.range(0, (bytes - 1) / PIECE_BYTES)
                .<ByteString>map(piece -> body.slice(piece * PIECE_BYTES, Math.min(bytes, (piece + 1) * PIECE_BYTES))
                        .compact())
                .backpressureTimeout(silenceMax)
                .watchTermination((started, ended) -> {
                    share.begin(bytes);
                    var unused = ended.whenComplete((written, lost) -> share.end(bytes));
                    return started;
                });
    }

    private static HttpResponse withheld(Call call, HttpResponse reply) {
        boolean done = reply.status().isSuccess() && !call.service().reads(call.request());
        return Checksum.added(call, call.service().refuse(call, done ? UNTOLD : InFlight.TOO_MANY));
    }
}
