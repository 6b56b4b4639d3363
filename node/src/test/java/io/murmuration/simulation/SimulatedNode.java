package io.murmuration.simulation;

import io.murmuration.consensus.Effects;
import io.murmuration.consensus.Input;
import io.murmuration.consensus.Message;
import io.murmuration.consensus.RaftOptions;
import io.murmuration.journal.SimulatedDisk;
import io.murmuration.journal.SimulatedReplica;
import io.murmuration.journal.StepFault;
import io.murmuration.simulation.Operation.Item;
import io.murmuration.table.partition.StoredItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One machine: a disk that outlives crashes, and while it is up a process with a replica and its partitions. A paused process keeps what reaches it
 * until it is resumed; a stopped one loses it.
 */
final class SimulatedNode implements SimulatedReplica.Host {
    private static final long TICK_MICROS = 10_000;
    private static final int ENTRY_CACHE_BYTES = 1 << 20;

    /** What a node needs of the simulation around it. */
    record World(
            Timeline timeline,
            RandomGenerator random,
            Scenario scenario,
            Network network,
            Referee referee,
            Counts counts,
            Map<Long, SimulatedNode> nodes,
            Consumer<SimulatedNode> elected,
            Supplier<StepFault> faults) {}

    /** A process from start to stop. */
    private record Life(SimulatedReplica replica, Map<Long, PartitionShell> shells) {}

    final long id;
    final SimulatedDisk disk;
    private final World world;
    private final StepFault fault;
    private final List<Runnable> held = new ArrayList<>();
    private @Nullable Life life;
    private int lives;
    private boolean paused;
    private long clockMicros;
    private int clockPercent = 100;
    private Effects.@Nullable Office office;

    SimulatedNode(long id, SimulatedDisk disk, World world) {
        this.id = id;
        this.disk = disk;
        this.world = world;
        this.fault = world.faults().get();
    }

    void start() {
        trace(() -> "starts");
        lives++;
        var random = world.random();
        var defaults = RaftOptions.defaults(id);
        var options = new RaftOptions(
                id,
                150,
                300,
                30,
                world.scenario().appendBytesMax(),
                world.scenario().inFlightAppendsMax(),
                100,
                1000,
                1 << 20,
                random.nextBoolean() ? 0 : defaults.tailBytesMax(),
                id == 1);
        var damaged = disk.isDamaged();
        var replica = SimulatedReplica.start(
                options,
                this,
                disk,
                fault,
                random.nextBoolean() ? 0 : ENTRY_CACHE_BYTES,
                random.nextLong() | 1,
                clockMicros / 1000,
                random.nextLong());
        world.referee().started(id, replica.core(), damaged);
        life = new Life(replica, new HashMap<>());
        tickLater();
        checkpointLater();
    }

    void stop() {
        trace(() -> "crashes");
        lives++;
        life = null;
        paused = false;
        office = null;
        held.clear();
        disk.crash(world.random());
        for (var other : world.nodes().values()) {
            if (other != this && world.random().nextInt(4) != 0) {
                world.timeline().after(world.network().delayMicros(), () -> other.lost(id));
            }
        }
    }

    void pause() {
        trace(() -> "is paused");
        paused = true;
    }

    void resume() {
        if (paused) {
            trace(() -> "is resumed");
            paused = false;
            var deeds = List.copyOf(held);
            held.clear();
            deeds.forEach(deed -> world.timeline().after(0, alive(deed)));
        }
    }

    /** From now on its clock goes at so many hundredths of the right pace. Nothing but availability may rest on it. */
    void setClockPercent(int percent) {
        clockPercent = percent;
    }

    boolean isUp() {
        return life != null;
    }

    boolean isPaused() {
        return paused;
    }

    boolean isServing() {
        return life != null && office != null && office.serving();
    }

    /** Whether it has entries that are not durable. */
    boolean isWriting() {
        return life != null
                && life.replica().core().lastIndex() > life.replica().core().durableIndex();
    }

    long appliedIndex() {
        return life == null ? -1 : life.replica().appliedIndex();
    }

    /** A client's write arrives. */
    void ask(Operation operation) {
        withLife(now -> {
            if (isServing()) {
                now.shells()
                        .computeIfAbsent(operation.table(), table -> shell(now, table))
                        .ask(operation);
            }
        });
    }

    /** A client's consistent read arrives. */
    void read(long table, int key) {
        withLife(now -> {
            var partition = Referee.partition(table);
            var mark = world.referee().mark(partition);
            now.replica().barrier(confirmed -> {
                if (confirmed) {
                    var row = now.replica().get(Operation.row(table, key));
                    var item = row == null
                            ? Item.ABSENT
                            : Item.of(StoredItem.read(row).item());
                    world.referee().read(table, key, now.replica().sequenceNumber(partition), item, mark);
                }
            });
        });
    }

    /** Hears, rightly or not, that the connection to that node has ended. */
    void lost(long node) {
        if (life != null) {
            alive(() -> withLife(now -> now.replica().lost(node))).run();
        }
    }

    void transfer(long to) {
        withLife(now -> now.replica().transfer(to));
    }

    @Override
    public void send(Message message) {
        trace(() -> "sends " + message);
        var receiver = world.nodes().get(message.to());
        if (receiver != null) {
            world.network().send(message, receiver::receive);
        }
    }

    @Override
    public void later(Runnable deed) {
        world.timeline().after(world.random().nextInt(100), alive(deed));
    }

    @Override
    public void afterSync(Runnable deed) {
        var micros = 50L + world.random().nextInt(world.scenario().syncMicrosMax());
        world.timeline().after(world.random().nextInt(50) == 0 ? 10 * micros : micros, alive(deed));
    }

    @Override
    public void fetch(Effects.Fetch fetch) {
        trace(() -> "fetches " + fetch);
        var network = world.network();
        var source = world.nodes().get(fetch.node());
        // A process that is started again soon must not get what an earlier one asked for.
        world.timeline().after(network.delayMicros(), alive(() -> {
            var reachable = network.passes(id, fetch.node()) && network.passes(fetch.node(), id);
            var there = source == null ? null : source.life;
            if (source == null
                    || there == null
                    || !reachable
                    || source.paused
                    || there.replica().appliedIndex() < fetch.index()) {
                world.timeline()
                        .after(50_000, alive(() -> withLife(now -> now.replica().fetchFailed())));
                return;
            }
            var state = there.replica().export();
            world.timeline()
                    .after(
                            2 * network.delayMicros(),
                            alive(() -> withLife(now -> now.replica().fetched(state))));
        }));
    }

    @Override
    public void office(Effects.Office now) {
        trace(() -> "is " + now);
        office = now;
        if (!now.serving() && life != null) {
            life.shells().clear();
        }
        if (now.role() == Effects.Role.LEADER && !now.serving()) {
            world.elected().accept(this);
        }
    }

    @Override
    public void stepped(Input input, Effects effects) {
        trace(() -> input + " -> " + effects);
        if (life != null) {
            world.referee().stepped(id, life.replica().core(), input, effects);
        }
    }

    @Override
    public void cured() {
        trace(() -> "is cured");
        world.counts().add(Counts.Kind.CURES);
    }

    @Override
    public void moved(long index, long fingerprint, boolean bySnapshot) {
        if (bySnapshot) {
            trace(() -> "installs a snapshot at " + index);
            world.counts().add(Counts.Kind.SNAPSHOTS);
        }
        world.referee().moved(index, fingerprint);
    }

    private void receive(Message message) {
        if (life != null) {
            alive(() -> withLife(now -> now.replica().received(message))).run();
        }
    }

    private PartitionShell shell(Life now, long table) {
        var writer = id + "." + lives + "." + world.timeline().millis();
        return new PartitionShell(
                table,
                now.replica(),
                world.referee(),
                world.counts(),
                writer,
                () -> now.shells().get(table) != null && isServing());
    }

    private void tickLater() {
        world.timeline()
                .after(
                        TICK_MICROS,
                        alive(() -> withLife(now -> {
                            clockMicros += TICK_MICROS * clockPercent / 100;
                            now.replica().tick(clockMicros / 1000);
                            tickLater();
                        })));
    }

    private void checkpointLater() {
        world.timeline().after(200_000L + world.random().nextInt(2_000_000), alive(() -> {
            disk.checkpoint();
            checkpointLater();
        }));
    }

    private void withLife(Consumer<Life> deed) {
        if (life != null) {
            deed.accept(life);
        }
    }

    /** The deed, if this process is still the same then; a paused one does it when it is resumed. */
    private Runnable alive(Runnable deed) {
        var born = lives;
        return () -> {
            if (lives == born) {
                if (paused) {
                    held.add(deed);
                } else {
                    deed.run();
                }
            }
        };
    }

    private void trace(Supplier<String> line) {
        world.timeline().trace(() -> "node " + id + " " + line.get());
    }
}
