package io.murmuration.cluster;

import io.murmuration.cluster.Links.Channel;
import io.murmuration.cluster.Links.Receiver;
import io.murmuration.cluster.Links.Responder;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who takes messages and answers calls on this node. What comes before anybody is there is lost, or refused. Any thread. */
final class Endpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);

    private final Map<Channel, Receiver> receivers = new ConcurrentHashMap<>();
    private final Map<Channel, Responder> responders = new ConcurrentHashMap<>();

    void receive(Channel channel, Receiver receiver) {
        receivers.put(channel, receiver);
    }

    void respond(Channel channel, Responder responder) {
        responders.put(channel, responder);
    }

    void deliver(long from, Channel channel, byte[] message) {
        var receiver = receivers.get(channel);
        if (receiver == null) {
            return;
        }
        try {
            receiver.received(from, message);
        } catch (RuntimeException broken) {
            LOG.error("A receiver failed on a message: channel {}, node {}", channel, from, broken);
        }
    }

    /** The stage fails with {@link Links.CallFailed} alone. */
    CompletionStage<byte[]> answer(long from, Channel channel, byte[] request) {
        var responder = responders.get(channel);
        if (responder == null) {
            return CompletableFuture.failedFuture(new Links.CallFailed("nobody answers on " + channel + " yet"));
        }
        try {
            return responder
                    .respond(from, request)
                    .exceptionallyCompose(failure -> CompletableFuture.failedFuture(callFailed(channel, failure)));
        } catch (RuntimeException broken) {
            return CompletableFuture.failedFuture(callFailed(channel, broken));
        }
    }

    private static Links.CallFailed callFailed(Channel channel, Throwable failure) {
        LOG.warn("A call could not be answered: channel {}", channel, failure);
        return new Links.CallFailed(String.valueOf(failure.getMessage()));
    }
}
