package io.murmuration.cluster;

import io.murmuration.base.ByteWriter;
import io.murmuration.base.Chance;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collection;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How two nodes that have connected find out that both belong to this cluster and are who they say: each proves that it knows the cluster's secret, over
 * a number that the other has just drawn.
 *
 * <pre>
 * dialer:   magic (4) | version (1) | own id (8) | the other's id (8) | number (16)
 * acceptor: number (16) | HMAC-SHA256 of "accept", ids and numbers (32)
 * dialer:   HMAC-SHA256 of "dial", ids and numbers (32)
 * acceptor: 1 (1)
 * </pre>
 *
 * <p>Whoever is not convinced hangs up. What follows is neither signed nor encrypted.
 */
final class Handshake {
    private static final int MAGIC = 0x4D55524D;
    private static final int VERSION = 1;
    private static final int NUMBER_BYTES = 2 * Long.BYTES;
    private static final int PROOF_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int READY = 1;

    private final byte[] secret;
    private final long self;
    private final Chance chance;

    /** @param secret the cluster's; {@code chance} is used for secrets */
    Handshake(String secret, long self, Chance chance) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.self = self;
        this.chance = chance;
    }

    /** As the one that connected. */
    void dial(Socket socket, long peer) throws IOException {
        prepare(socket);
        var out = new DataOutputStream(socket.getOutputStream());
        var in = new DataInputStream(socket.getInputStream());
        var own = number();
        out.write(new ByteWriter(64)
                .int32(MAGIC)
                .int8(VERSION)
                .int64(self)
                .int64(peer)
                .raw(own)
                .toBytes());
        var other = in.readNBytes(NUMBER_BYTES);
        require(same(in.readNBytes(PROOF_BYTES), proof("accept", self, peer, own, other)), "is not of this cluster");
        out.write(proof("dial", self, peer, own, other));
        require(in.readByte() == READY, "is not ready");
        socket.setSoTimeout(0);
    }

    /** As the one that was connected to: tells who is there. */
    long accept(Socket socket, Collection<Long> welcome) throws IOException {
        prepare(socket);
        var out = new DataOutputStream(socket.getOutputStream());
        var in = new DataInputStream(socket.getInputStream());
        require(in.readInt() == MAGIC, "speaks something else");
        require(in.readByte() == VERSION, "is of another release");
        var peer = in.readLong();
        require(in.readLong() == self, "looks for another node");
        require(welcome.contains(peer), "is not expected");
        var other = in.readNBytes(NUMBER_BYTES);
        var own = number();
        out.write(new ByteWriter(64)
                .raw(own)
                .raw(proof("accept", peer, self, other, own))
                .toBytes());
        require(same(in.readNBytes(PROOF_BYTES), proof("dial", peer, self, other, own)), "is not of this cluster");
        out.writeByte(READY);
        socket.setSoTimeout(0);
        return peer;
    }

    private static void prepare(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    private byte[] number() {
        return new ByteWriter(NUMBER_BYTES)
                .int64(chance.nextLong())
                .int64(chance.nextLong())
                .toBytes();
    }

    private byte[] proof(String role, long dialer, long acceptor, byte[] dialed, byte[] accepted) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(new ByteWriter(64)
                    .text(role)
                    .int64(dialer)
                    .int64(acceptor)
                    .bytes(dialed)
                    .bytes(accepted)
                    .toBytes());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** In a time that does not tell how much of it is right. */
    private static boolean same(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    private static void require(boolean holds, String reason) throws IOException {
        if (!holds) {
            throw new IOException("whoever is there " + reason);
        }
    }
}
