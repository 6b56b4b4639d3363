package io.murmuration.function.environment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.pekko.util.ByteString;

/**
 * What a process has written. A file and not a pipe, so that everything written before the runtime's response is there when the response is, without
 * a thread for each process. The process appends; nobody but the owner cuts.
 *
 * <p>Limits: {@link #cut} forgets everything beyond {@link #BYTES_MAX}; a process that writes faster than it is called exceeds that for so long.
 */
final class OutputFile implements AutoCloseable {
    static final int BYTES_MAX = 8 << 20;

    private final FileChannel file;

    OutputFile(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Bytes written since the last cut. */
    long size() throws IOException {
        return file.size();
    }

    /** The last bytes written in {@code [from, to)}, at most so many; empty if they were forgotten. */
    ByteString last(int bytesMax, long from, long to) throws IOException {
        long end = Math.min(to, file.size());
        long begin = Math.max(Math.min(from, end), end - bytesMax);
        var read = ByteBuffer.allocate((int) (end - begin));
        while (read.hasRemaining() && file.read(read, begin + read.position()) > 0) {
            // until all is read, or a cut took it
        }
        return ByteString.fromArray(read.array(), 0, read.position());
    }

    /** Forgets everything if it has become too much; true if it did. */
    boolean cut() throws IOException {
        if (file.size() <= BYTES_MAX) {
            return false;
        }
        file.truncate(0);
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
