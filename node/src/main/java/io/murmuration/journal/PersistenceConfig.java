package io.murmuration.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** What a node's actor system needs to be told so that its entities persist through its journal. */
public final class PersistenceConfig {
    private PersistenceConfig() {}

    /** Settings to put before the application's own; the resource {@code persistence.conf} gives each its reason. */
    public static Config persistence() {
        return ConfigFactory.parseResources(PersistenceConfig.class, "persistence.conf");
    }
}
