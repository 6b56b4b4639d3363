package io.murmuration.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The folder of a local cluster: {@code cluster.json}, and for each node {@code node-N/identity.json} beside its stores.
 *
 * <p>Owner: the command line formats it once and may change its ports while no node runs; a node opens its own part and holds a lock on it.
 * <p>Invariants: {@code cluster.json} is written last and marks the folder as formatted; ids are never written again after that. So a
 * formatted folder without an identity has lost it, and must not vote under a new one.
 * <p>Failure: every refusal is a {@link DataFolderException} and leaves the folder as it was.
 */
public final class DataFolder {
    static final String CLUSTER_FILE = "cluster.json";
    static final String IDENTITY_FILE = "identity.json";
    static final String LOCK_FILE = "lock";

    private static final int CLUSTER_ID_BYTES = 16;
    private static final int SECRET_BYTES = 32;

    private final Path path;

    private DataFolder(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** Looks at nothing yet. */
    public static DataFolder at(Path path) {
        return new DataFolder(path);
    }

    public Path path() {
        return path;
    }

    /** The part of the folder that belongs to one node. */
    public Path nodePath(int number) {
        return path.resolve("node-" + number);
    }

    /** What was formatted, or empty if nothing was. */
    public Optional<ClusterSettings> find() {
        var file = path.resolve(CLUSTER_FILE);
        try {
            return Optional.of(FolderCodec.decodeCluster(Files.readAllBytes(file), file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** As {@link #find}, where it must be there. */
    public ClusterSettings read() {
        return find().orElseThrow(() -> new DataFolderException("There is no cluster in " + path + "."));
    }

    /**
     * Makes a new cluster. The first node listens on {@code firstPort}, the others on the ports after it.
     *
     * @param random source of the ids and of the secret; must be fit for secrets
     * @throws DataFolderException if the folder is formatted, holds other things, or cannot be written
     */
    public ClusterSettings format(Topology topology, int firstPort, RandomGenerator random) {
        if (find().isPresent()) {
            throw new DataFolderException("There is a cluster in " + path + " already.");
        }
        try {
            Files.createDirectories(path);
            refuseForeignContent();
            var cluster = draw(topology, firstPort, random);
            for (var node : cluster.nodes()) {
                Files.createDirectories(nodePath(node.number()));
                var identity = new NodeIdentity(cluster.clusterId(), node.nodeId(), node.number(), false);
                AtomicFile.write(nodePath(node.number()).resolve(IDENTITY_FILE), FolderCodec.encode(identity));
            }
            AtomicFile.write(path.resolve(CLUSTER_FILE), FolderCodec.encode(cluster));
            return cluster;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Moves the cluster to the ports from {@code firstPort} on; everything else stays. Only while no node runs. */
    public ClusterSettings changePorts(int firstPort) {
        var moved = read().onPorts(firstPort);
        try {
            AtomicFile.write(path.resolve(CLUSTER_FILE), FolderCodec.encode(moved));
            return moved;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Keeps other commands from changing the folder until closed; makes the folder if need be. Those that format, move or start take it first.
     *
     * @throws DataFolderException if another command holds it
     */
    public FolderLock lock() {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw unusable(e);
        }
        return FolderLock.take(
                path.resolve(LOCK_FILE), "Another command is working on " + path + ": wait for it to end.");
    }

    /**
     * Opens one node's part for the process that runs it, and locks it until closed.
     *
     * @throws DataFolderException if it is not this cluster's, newer, lost, not writable, or in use by another process
     */
    public OpenDataFolder open(int number) {
        var cluster = read();
        var node = cluster.node(number);
        var identity = identity(cluster, node);
        return OpenDataFolder.lock(nodePath(number), cluster, node, identity);
    }

    private NodeIdentity identity(ClusterSettings cluster, ClusterSettings.Node node) {
        var file = nodePath(node.number()).resolve(IDENTITY_FILE);
        try {
            var identity = FolderCodec.decodeIdentity(Files.readAllBytes(file), file);
            if (!identity.clusterId().equals(cluster.clusterId())) {
                throw new DataFolderException(nodePath(node.number()) + " belongs to another cluster ("
                        + identity.clusterId() + ", this is " + cluster.clusterId() + "): bring back its own folder.");
            }
            if (identity.nodeId() != node.nodeId() || identity.number() != node.number()) {
                throw new DataFolderException(
                        nodePath(node.number()) + " belongs to another node of this cluster (number "
                                + identity.number() + "): bring back its own folder.");
            }
            return identity;
        } catch (NoSuchFileException e) {
            throw new DataFolderException(
                    "Node " + node.number() + " lost its data: " + file
                            + " is missing in a formatted cluster, and a node without its past must not vote.",
                    e);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Whatever an interrupted format may have left is ours; anything else may be someone's only copy. */
    private void refuseForeignContent() throws IOException {
        var allowed = Set.of(NodeSettings.FILE_NAME, CLUSTER_FILE + AtomicFile.UNFINISHED, LOCK_FILE);
        for (var entry : list(path)) {
            var name = entry.getFileName().toString();
            if (name.matches("node-[0-9]+") && Files.isDirectory(entry)) {
                if (!Set.of(IDENTITY_FILE, IDENTITY_FILE + AtomicFile.UNFINISHED)
                        .containsAll(names(entry))) {
                    throw new DataFolderException(path + " holds data of a cluster and no " + CLUSTER_FILE
                            + ": bring that file back, or use another folder.");
                }
            } else if (!allowed.contains(name)) {
                throw new DataFolderException(
                        path + " holds other things (" + name + "): a cluster needs a folder of its own.");
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        return list(folder).stream()
                .map(entry -> entry.getFileName().toString())
                .collect(Collectors.toSet());
    }

    private static ClusterSettings draw(Topology topology, int firstPort, RandomGenerator random) {
        var ids = new ArrayList<Long>();
        while (ids.size() < topology.nodes()) {
            var id = random.nextLong() & Long.MAX_VALUE;
            if (id != 0 && !ids.contains(id)) {
                ids.add(id);
            }
        }
        var nodes = IntStream.rangeClosed(1, topology.nodes())
                .mapToObj(number -> new ClusterSettings.Node(
                        number, ids.get(number - 1), ClusterSettings.Ports.local(firstPort, number)))
                .toList();
        return new ClusterSettings(
                hex(random, CLUSTER_ID_BYTES),
                hex(random, SECRET_BYTES),
                topology.shards(),
                topology.replicas(),
                nodes);
    }

    private static String hex(RandomGenerator random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private DataFolderException unusable(IOException e) {
        return unusable(path, e);
    }

    static DataFolderException unusable(Path path, IOException e) {
        return e instanceof AccessDeniedException
                ? new DataFolderException(
                        "The data folder " + path + " is not writable for this user (" + e.getMessage() + ").", e)
                : new DataFolderException("The data folder " + path + " cannot be used: " + e + ".", e);
    }
}
