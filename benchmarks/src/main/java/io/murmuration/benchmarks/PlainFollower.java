package io.murmuration.benchmarks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The least a follower can do: read a frame from a socket, write it to a file, fsync, answer with eight bytes. It is the yardstick for the replicated
 * append. Prints the port it listens on; ends when its leader hangs up.
 */
final class PlainFollower {
    private PlainFollower() {}

    public static void main(String[] arguments) throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var file = openLog(Path.of(arguments[0]))) {
            System.out.println(server.getLocalPort());
            try (var leader = server.accept()) {
                leader.setTcpNoDelay(true);
                follow(
                        new DataInputStream(leader.getInputStream()),
                        new DataOutputStream(leader.getOutputStream()),
                        file);
            }
        }
    }

    private static void follow(DataInputStream frames, DataOutputStream answers, FileChannel file) throws IOException {
        for (var size = frames.readInt(); size > 0; size = frames.readInt()) {
            write(file, frames.readNBytes(size));
            answers.writeLong(size);
            answers.flush();
        }
    }

    static FileChannel openLog(Path path) throws IOException {
        return FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    static void write(FileChannel file, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        file.force(false);
    }
}
