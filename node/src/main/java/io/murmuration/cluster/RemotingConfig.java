package io.murmuration.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;

/** What an actor system needs to be told so that {@link ArteryLinks} can use its remoting. */
public final class RemotingConfig {
    private RemotingConfig() {}

    /** Settings to put before the application's own; {@code port} 0 takes a free one. The resource {@code remoting.conf} gives each its reason. */
    public static Config remoting(String host, int port) {
        return ConfigFactory.parseResources(RemotingConfig.class, "remoting.conf")
                .withValue("pekko.remote.artery.canonical.hostname", ConfigValueFactory.fromAnyRef(host))
                .withValue("pekko.remote.artery.canonical.port", ConfigValueFactory.fromAnyRef(port));
    }
}
