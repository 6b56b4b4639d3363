package io.murmuration.function.environment;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.CompletionStage;

/** Plain child processes. A descendant that outlives its parent is out of reach once the parent is gone. */
final class PlainIsolation implements Isolation {
    @Override
    public IsolatedProcess start(Launch launch) throws IOException {
        var builder = new ProcessBuilder(launch.command())
                .directory(launch.taskRoot().toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(launch.output().toFile()));
        builder.environment().clear();
        builder.environment().putAll(launch.variables());
        builder.environment().put("TMPDIR", launch.folder().toString());
        var process = builder.start();
        process.getOutputStream().close();
        return new PlainProcess(process);
    }

    private record PlainProcess(Process process) implements IsolatedProcess {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public CompletionStage<Integer> exit() {
            return process.onExit().thenApply(Process::exitValue);
        }

        /** Descendants first: they are found through their parent. */
        @Override
        public void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
