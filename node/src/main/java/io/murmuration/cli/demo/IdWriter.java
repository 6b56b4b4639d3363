package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import io.murmuration.cli.Deadline;
import java.time.Duration;

/** Does things that each have an id of their own, so that doing one again is harmless: whatever went wrong, it is tried again, at the next node. */
abstract class IdWriter extends Writer {
    private static final int TRIES_MAX = 20;

    private final PutLedger ledger = new PutLedger();
    private final Duration breath;
    private int number;

    /** @param breath between two of them */
    IdWriter(Clients clients, int endpoint, Clock clock, Duration breath) {
        super(clients, endpoint, clock);
        this.breath = breath;
    }

    @Override
    final void step() {
        number++;
        var id = id(number);
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            if (attempt(number)) {
                ledger.acknowledged(id);
                progressed();
                if (breath.isPositive()) {
                    Deadline.pause(breath);
                }
                return;
            }
            tryNextEndpoint();
        }
        ledger.unknown(id);
    }

    /** By which it is found in the end. */
    abstract String id(int number);

    /** Whether it is acknowledged. */
    abstract boolean attempt(int number);

    final PutLedger ledger() {
        return ledger;
    }

    final int number() {
        return number;
    }
}
