package io.murmuration.base;

import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The one place of the main code that asks the machine for chance. */
enum SystemChance implements Chance {
    FAST {
        @Override
        RandomGenerator generator() {
            return ThreadLocalRandom.current();
        }
    },
    SECURE {
        @Override
        RandomGenerator generator() {
            return Source.SECURE_RANDOM;
        }
    };

    abstract RandomGenerator generator();

    @Override
    public long nextLong() {
        return generator().nextLong();
    }

    @Override
    public long nextLong(long bound) {
        return generator().nextLong(bound);
    }

    /** Made on first use: seeding costs time that a node which never asks for secrets need not pay. */
    private static final class Source {
        static final SecureRandom SECURE_RANDOM = new SecureRandom();
    }
}
