package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import io.murmuration.cli.Deadline;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Writes one thing after the other until told to end, through the endpoint of one node as long as that answers. */
abstract class Writer implements Runnable {
    /** Between two tries that failed at once. */
    private static final Duration BREATH = Duration.ofMillis(50);

    private final Clients clients;
    private final Clock clock;
    private final PauseState pauses;
    private int endpoint;
    private volatile boolean ending;
    private long endedNanos;

    Writer(Clients clients, int endpoint, Clock clock) {
        this.clients = clients;
        this.endpoint = endpoint;
        this.clock = clock;
        this.pauses = new PauseState(clock.nanos());
    }

    @Override
    public final void run() {
        while (!ending) {
            step();
        }
        endedNanos = clock.nanos();
    }

    /** One write, with what repeats it needs; failures are noted, never thrown. */
    abstract void step();

    /** Compares what was acknowledged with what is there. After the writer has ended. */
    abstract Tally check();

    final Clients clients() {
        return clients;
    }

    /** Number of the endpoint that it goes by just now. */
    final int endpoint() {
        return endpoint;
    }

    final DynamoDbClient client() {
        return clients.at(endpoint);
    }

    final DynamoDbClient onceClient() {
        return clients.onceAt(endpoint);
    }

    final void progressed() {
        pauses.progressed(clock.nanos());
    }

    final void tryNextEndpoint() {
        endpoint++;
        Deadline.pause(BREATH);
    }

    final void end() {
        ending = true;
    }

    /** How it fares, for those who watch. */
    final PauseState pauses() {
        return pauses;
    }

    final Duration longestPause() {
        return pauses.longest(endedNanos);
    }
}
