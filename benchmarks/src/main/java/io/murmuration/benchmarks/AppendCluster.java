package io.murmuration.benchmarks;

import io.murmuration.journal.BenchmarkAppends;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Three nodes with a journal: the first in this process, where it leads, the others in processes of their own that end with this. */
final class AppendCluster implements AutoCloseable {
    private final List<Process> processes = new ArrayList<>();
    private final AppendNode leader;

    private AppendCluster(AppendNode leader) {
        this.leader = leader;
    }

    /**
     * Starts the nodes in the folder and waits until the first one leads.
     *
     * @throws IllegalStateException if another one does
     */
    static AppendCluster start(Path folder) throws IOException, InterruptedException, ExecutionException {
        var firstPort = FreePorts.row(AppendNode.IDS.size());
        var cluster = new AppendCluster(AppendNode.start(AppendNode.IDS.getFirst(), firstPort, folder));
        try {
            for (long id : AppendNode.IDS.subList(1, AppendNode.IDS.size())) {
                cluster.startProcess(id, firstPort, folder);
            }
            cluster.leader.awaitLeading();
            return cluster;
        } catch (IOException | InterruptedException | ExecutionException | RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    private void startProcess(long id, int firstPort, Path folder) throws IOException {
        var arguments = List.of(Long.toString(id), Integer.toString(firstPort), folder.toString());
        processes.add(Jvm.running(AppendNode.class, arguments)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    BenchmarkAppends appends() {
        return leader.appends();
    }

    /** Two of three would go on without a word, and faster. */
    void checkAlive() {
        if (!processes.stream().allMatch(Process::isAlive)) {
            throw new IllegalStateException("a node's process ended during the measurement");
        }
    }

    /** The others first: whatever happens to the leader, they end. */
    @Override
    public void close() {
        processes.forEach(Jvm::end);
        leader.close();
    }
}
