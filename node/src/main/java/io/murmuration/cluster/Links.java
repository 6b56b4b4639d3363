package io.murmuration.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.LongConsumer;

/**
 * Carries bytes between the nodes of the cluster. Messages to oneself are delivered too. A message is at most {@link #MESSAGE_BYTES_MAX};
 * larger ones travel by HTTP.
 */
public interface Links {
    int MESSAGE_BYTES_MAX = 4 * 1024 * 1024;

    /** One service at the far end. */
    enum Channel {
        CONSENSUS,
        TABLES,
        CATALOGUE,
        INVOCATIONS,
        TRIGGERS,
        MEMBERSHIP,
        EDGE,
        OBJECTS
    }

    interface Receiver {
        /** Called on the link's thread: must only pass the message on. */
        void received(long fromNode, byte[] message);
    }

    interface Responder {
        /** Answers a call; a failed stage reaches the caller as {@link CallFailed}. */
        CompletionStage<byte[]> respond(long fromNode, byte[] request);
    }

    long self();

    /** Ids of all nodes of the cluster, this one too. */
    List<Long> nodes();

    /** Milliseconds since anything was heard from the node; 0 for this node, {@code Long.MAX_VALUE} if never. */
    long silentMillis(long node);

    /** Sends without confirmation: may be lost, never doubled or damaged. What waits is bounded; beyond the bound it is dropped and counted. */
    void send(long toNode, Channel channel, byte[] message);

    void receive(Channel channel, Receiver receiver);

    /**
     * Sends a request and awaits its answer. Fails with {@link CallUnsent} if it surely did not reach the other node, with
     * {@link CallTimeout} or {@link CallLost} if nothing is known, with {@link CallFailed} if the other side failed.
     */
    CompletionStage<byte[]> call(long toNode, Channel channel, byte[] request, Duration timeout);

    void respond(Channel channel, Responder responder);

    /**
     * Tells the listener of each node whose connection has ended, as it does at once when its process is killed. The node may be back, or never have
     * been away: it is a hint. Called on the link's thread: it must only pass the news on.
     */
    void onLost(LongConsumer listener);

    /** Root of the failures of {@link #call}; without stack traces. */
    sealed class CallException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CallException(String message) {
            super(message, null, false, false);
        }
    }

    final class CallUnsent extends CallException {
        private static final long serialVersionUID = 1L;

        public CallUnsent(String message) {
            super(message);
        }
    }

    final class CallTimeout extends CallException {
        private static final long serialVersionUID = 1L;

        public CallTimeout(String message) {
            super(message);
        }
    }

    final class CallLost extends CallException {
        private static final long serialVersionUID = 1L;

        public CallLost(String message) {
            super(message);
        }
    }

    final class CallFailed extends CallException {
        private static final long serialVersionUID = 1L;

        public CallFailed(String message) {
            super(message);
        }
    }
}
