package io.murmuration.main;

import io.murmuration.base.Clock;
import io.murmuration.config.DataFolder;
import io.murmuration.config.DataFolderException;
import io.murmuration.config.NodeSettings;
import io.murmuration.config.OpenDataFolder;
import io.murmuration.config.SettingsException;
import io.murmuration.journal.DamagedStoreException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * A node's process: {@code NodeMain --data DIR --node N}. It says on its standard output what it waits for, and {@code Ready.} when it serves.
 *
 * <p>Ends with 0 after SIGTERM or SIGINT, having finished what ran; with 1 if it cannot start or its folder was removed, after one sentence on its standard error; with 2 if it is
 * called wrongly; with 70 when the journal halts it because a write failed; with 75 when a new start mends it: its wrapper starts it again.
 */
public final class NodeMain {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final long LOOK_AGAIN_MILLIS = 50;
    private static final long LOOK_FOR_FOLDER_MILLIS = 1_000;
    private static final long SPEAK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile int status = OK;

    private NodeMain() {}

    public static void main(String[] arguments) {
        new NodeMain().process(arguments);
    }

    private void process(String[] arguments) {
        // a node speaks to programs: libraries, too, shall name files and write numbers alike wherever it runs
        Locale.setDefault(Locale.ROOT);
        // made here, so that the libraries' threads do not find the log half made
        var log = LoggerFactory.getLogger(NodeMain.class);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        try {
            call(arguments).ifPresent(this::serve);
        } catch (Throwable unexpected) { // an Error too: whoever waits for the end would wait for ever
            status = FAILED;
            log.error("The node ended unexpectedly; please report this.", unexpected);
        } finally {
            stopped.countDown();
        }
        System.exit(status);
    }

    private Optional<NodeArguments> call(String[] arguments) {
        try {
            return Optional.of(NodeArguments.of(arguments));
        } catch (IllegalArgumentException wrongCall) {
            refuse(USAGE, wrongCall);
            return Optional.empty();
        }
    }

    private void serve(NodeArguments arguments) {
        try {
            run(arguments);
        } catch (DataFolderException | SettingsException | DamagedStoreException | NodeStartException refusal) {
            refuse(FAILED, refusal);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(NodeArguments arguments) throws InterruptedException {
        var data = DataFolder.at(arguments.data());
        try (var folder = data.open(arguments.node())) {
            var settings = NodeSettings.load(data.path());
            var guardian = Guardian.start(folder, settings, NodeConfig.of(data.path()));
            try {
                awaitReady(guardian, folder);
                while (!stopping.await(LOOK_FOR_FOLDER_MILLIS, TimeUnit.MILLISECONDS)) {
                    haltWithout(folder);
                }
            } finally {
                guardian.stop();
            }
        }
    }

    /**
     * A node whose folder was removed would hold its ports for ever, and nobody would find it: its pid file is gone too. It has nothing left to close.
     */
    private static void haltWithout(OpenDataFolder folder) {
        if (folder.isGone()) {
            System.err.println("The data folder " + folder.path() + " is gone, and the node ends.");
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private void awaitReady(Guardian guardian, OpenDataFolder folder) throws InterruptedException {
        var clock = Clock.system();
        long spoken = clock.nanos();
        while (true) {
            var waitingFor = guardian.waitingFor();
            if (waitingFor.isEmpty()) {
                System.out.println("Ready.");
                return;
            }
            haltWithout(folder);
            if (clock.nanos() - spoken > SPEAK_AGAIN_NANOS) {
                System.out.println(waitingFor.get());
                spoken = clock.nanos();
            }
            if (stopping.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private void refuse(int code, RuntimeException refusal) {
        System.err.println(refusal.getMessage());
        status = code;
    }

    /** Runs when the process is told to end, also by our own exit. Halting gives the status that a signal would replace. */
    private void stop() {
        stopping.countDown();
        try {
            stopped.await();
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }
}
