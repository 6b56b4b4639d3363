package io.murmuration.function.environment;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Child processes of this one behind a {@link Wrapping}, each in a control group that bounds its memory where there are any. */
final class ProcessIsolation implements Isolation {
    private static final Logger log = LoggerFactory.getLogger(ProcessIsolation.class);

    private final Wrapping wrapping;
    private final Optional<MemoryGroups> memory;

    ProcessIsolation(Wrapping wrapping, Optional<MemoryGroups> memory) {
        this.wrapping = wrapping;
        this.memory = memory;
    }

    @Override
    public CompletionStage<IsolatedProcess> start(Launch launch) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return started(launch);
                    } catch (IOException failure) {
                        throw new CompletionException(failure);
                    }
                },
                ForkingThread.EXECUTOR);
    }

    private IsolatedProcess started(Launch launch) throws IOException {
        var group = memory.isPresent()
                ? Optional.of(memory.get().create(launch.memoryMegabytes()))
                : Optional.<MemoryGroups.Group>empty();
        try {
            return started(launch, group);
        } catch (IOException | RuntimeException failure) {
            group.ifPresent(MemoryGroups.Group::remove);
            throw failure;
        }
    }

    private IsolatedProcess started(Launch launch, Optional<MemoryGroups.Group> group) throws IOException {
        var command = new ArrayList<String>();
        group.ifPresent(each -> command.addAll(each.entering()));
        command.addAll(wrapping.command(launch));
        var builder = new ProcessBuilder(command)
                .directory(launch.taskRoot().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(launch.output().toFile()));
        builder.environment().clear();
        builder.environment().putAll(launch.variables());
        builder.environment()
                .put(
                        "TMPDIR",
                        wrapping instanceof Wrapping.Bubblewrap
                                ? "/tmp"
                                : launch.folder().toString());
        var process = builder.start();
        process.getOutputStream().close();
        var watchdog = watchdog(process.pid());
        var exit = process.onExit().thenApply(ended -> {
            watchdog.ifPresent(ProcessIsolation::dismiss);
            group.ifPresent(MemoryGroups.Group::remove);
            return ended.exitValue();
        });
        return new Started(process, exit, group);
    }

    private Optional<Process> watchdog(long pid) throws IOException {
        var command = wrapping.watchdog(pid);
        return command.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProcessBuilder(command)
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start());
    }

    /** Tells the watchdog that there is nothing left to do. */
    private static void dismiss(Process watchdog) {
        try (var line = watchdog.getOutputStream()) {
            line.write("ended\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException gone) {
            log.debug("A function's watchdog was gone before its function.", gone);
        }
    }

    @Override
    public String words() {
        return wrapping.words() + "; "
                + memory.map(MemoryGroups::words).orElse("memory is not bounded: no control group can be made here");
    }

    private record Started(Process process, CompletionStage<Integer> exit, Optional<MemoryGroups.Group> group)
            implements IsolatedProcess {
        @Override
        public long pid() {
            return process.pid();
        }

        /** Descendants first: they are found through their parent, or through their group even where that is gone. */
        @Override
        public void kill() {
            group.ifPresent(MemoryGroups.Group::kill);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        @Override
        public OptionalLong peakMegabytes() {
            return group.isPresent() ? group.get().peakMegabytes() : PeakMemory.megabytes(pids());
        }

        private List<Long> pids() {
            return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .map(ProcessHandle::pid)
                    .toList();
        }
    }
}
