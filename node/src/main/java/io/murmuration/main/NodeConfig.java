package io.murmuration.main;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.murmuration.config.NodeSettings;
import io.murmuration.function.FunctionSettings;
import io.murmuration.journal.JournalSettings;
import io.murmuration.journal.PersistenceConfig;
import io.murmuration.journal.entity.EntitySettings;
import io.murmuration.table.TableSettings;
import java.nio.file.Path;

/** What the operator's settings mean to each capability. */
final class NodeConfig {
    private static final String RESOURCE = "murmuration-node.conf";

    private NodeConfig() {}

    /** The configuration of a node's actor system: what the operator says, then what the process needs of its libraries, then everybody's defaults. */
    static Config of(Path data) {
        var process = PersistenceConfig.persistence().withFallback(ConfigFactory.parseResources(RESOURCE));
        return NodeSettings.config(data, process);
    }

    static JournalSettings journal(NodeSettings settings) {
        var consensus = settings.consensus();
        return JournalSettings.defaults()
                .withTimes(consensus.tickInterval(), consensus.heartbeatInterval(), consensus.electionTimeout())
                .withBounds(
                        settings.journal().inFlightBytesMax(),
                        settings.journal().logEntriesKept());
    }

    /** @param endpoint host and port where clients reach this node */
    static TableSettings tables(NodeSettings settings, String endpoint) {
        var defaults = TableSettings.defaults(endpoint);
        var entities = defaults.entities();
        var bounded = new EntitySettings(
                settings.table().waitingMax(),
                settings.table().waitingBytesMax(),
                entities.batchMax(),
                entities.changesBytesMax(),
                entities.restartPauseMax(),
                entities.idleMax());
        return new TableSettings(
                bounded,
                defaults.patience(),
                defaults.ownWritesPatience(),
                defaults.silenceMax(),
                defaults.arnPrefix(),
                defaults.streamRetention(),
                defaults.streamTrimming(),
                endpoint);
    }

    /**
     * @param folder of functions, emptied at each start
     * @param endpoint host and port where clients reach this node
     */
    static FunctionSettings functions(NodeSettings settings, Path folder, String endpoint) {
        var told = settings.function();
        var defaults = FunctionSettings.defaults(folder, "http://" + endpoint);
        return new FunctionSettings(
                folder,
                defaults.region(),
                defaults.account(),
                defaults.endpoint(),
                told.concurrencyMax(),
                told.instancesMax(),
                told.environmentsMax(),
                told.payloadBytesMax(),
                told.waitMax(),
                told.idleMax(),
                told.initTimeout());
    }
}
