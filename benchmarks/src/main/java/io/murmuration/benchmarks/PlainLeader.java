package io.murmuration.benchmarks;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * The leader of the yardstick: sends each frame to two followers, fsyncs its own copy, and goes on when one of them has answered, which
 * is a majority of three. One frame in flight beyond the slower follower's lag.
 */
final class PlainLeader implements AutoCloseable {
    private static final int LAG_MAX = 8;

    private final List<Process> processes = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<DataOutputStream> followers = new ArrayList<>();
    private final List<Semaphore> windows = new ArrayList<>();
    private final Object answered = new Object();
    private long majority;
    private long sent;
    private final FileChannel file;

    PlainLeader(Path folder) throws IOException {
        file = PlainFollower.openLog(folder.resolve("leader"));
        try {
            for (var name : List.of("follower-1", "follower-2")) {
                start(folder.resolve(name));
            }
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void start(Path log) throws IOException {
        var process = Jvm.running(PlainFollower.class, List.of(log.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        processes.add(process);
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(reader.readLine()));
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        followers.add(new DataOutputStream(socket.getOutputStream()));
        var window = new Semaphore(LAG_MAX);
        windows.add(window);
        Thread.ofPlatform().daemon().start(() -> readAnswers(socket, window));
    }

    private void readAnswers(Socket socket, Semaphore window) {
        try {
            var input = new DataInputStream(socket.getInputStream());
            for (var count = 1L; input.readLong() > 0; count++) {
                window.release();
                synchronized (answered) {
                    majority = Math.max(majority, count);
                    answered.notifyAll();
                }
            }
        } catch (IOException hungUp) {
            // the end of the run: the leader closes its sockets
        }
    }

    /** Appends one frame and returns when it is durable on a majority. */
    void append(byte[] frame) throws IOException, InterruptedException {
        for (var i = 0; i < followers.size(); i++) {
            windows.get(i).acquire();
            followers.get(i).writeInt(frame.length);
            followers.get(i).write(frame);
            followers.get(i).flush();
        }
        PlainFollower.write(file, frame);
        sent++;
        synchronized (answered) {
            while (majority < sent) {
                answered.wait();
            }
        }
    }

    @Override
    public void close() throws IOException {
        processes.forEach(Jvm::end);
        for (var socket : sockets) {
            socket.close();
        }
        file.close();
    }
}
