package io.murmuration.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.persistence.Persistence;
import org.apache.pekko.testkit.javadsl.TestKit;

/** An actor system that has a journal by configuration alone, as a user of the plugin would set it. */
final class PluginSystem implements AutoCloseable {
    private final ActorSystem system;

    PluginSystem(Path folder) {
        system = ActorSystem.create("plugin", config(folder));
    }

    static Config config(Path folder) {
        return ConfigFactory.parseString("""
                pekko.loglevel = warning
                pekko.persistence.journal.plugin = "murmuration.persistence.journal"
                pekko.persistence.snapshot-store.plugin = "murmuration.persistence.snapshot-store"
                pekko.persistence.publish-plugin-commands = on
                pekko.actor.serializers.reference = "io.murmuration.journal.ReferenceSerializer"
                pekko.actor.serialization-bindings."io.murmuration.journal.ReferenceSerializer$Reference" = reference
                """)
                .withValue("murmuration.persistence.data-dir", ConfigValueFactory.fromAnyRef(folder.toString()))
                .withFallback(ConfigFactory.load());
    }

    ActorSystem system() {
        return system;
    }

    ActorRef journal() {
        return Persistence.get(system).journalFor("", ConfigFactory.empty());
    }

    ActorRef snapshotStore() {
        return Persistence.get(system).snapshotStoreFor("", ConfigFactory.empty());
    }

    @Override
    public void close() {
        TestKit.shutdownActorSystem(system);
    }
}
