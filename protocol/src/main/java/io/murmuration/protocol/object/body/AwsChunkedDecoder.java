package io.murmuration.protocol.object.body;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Takes AWS's chunked framing off a body, however its bytes are cut.
 *
 * <pre>
 * HEADER  -- size line ----------&gt; DATA, of size 0 TRAILER
 * DATA    -- size bytes ---------&gt; BREAK
 * BREAK   -- line break ---------&gt; HEADER
 * TRAILER -- name:value line ----&gt; TRAILER
 * TRAILER -- empty line ---------&gt; DONE
 * DONE    -- anything -----------&gt; refused
 * </pre>
 *
 * <p>Signatures of chunks are parsed and not verified. Limits: a line has at most {@link #LINE_BYTES_MAX}, there are at most {@link #TRAILERS_MAX}
 * trailers. Failure: {@code ServiceException}; the decoder is then of no further use. Source: S3 API reference, "Signature calculations for the
 * authorization header: transferring a payload in multiple chunks", and the same "with trailing headers".
 */
final class AwsChunkedDecoder {
    static final int LINE_BYTES_MAX = 1024;
    static final int TRAILERS_MAX = 8;
    /** Of every chunk but the last. */
    static final int CHUNK_BYTES_MIN = 8192;

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
    private static final String SIGNATURE = ";chunk-signature=";
    private static final int SIZE_DIGITS_MAX = 15;

    private enum State {
        HEADER,
        DATA,
        BREAK,
        TRAILER,
        DONE
    }

    private final boolean signed;
    private final long bytesMax;
    private final byte[] line = new byte[LINE_BYTES_MAX];
    private final Map<String, String> trailers = new TreeMap<>();
    private State state = State.HEADER;
    private int lineBytes;
    private long chunks;
    private long chunkBytes;
    private long chunkLeft;
    private long bytes;

    /**
     * @param signed every chunk must have a signature
     * @param bytesMax the body's length without framing: more is refused
     */
    AwsChunkedDecoder(boolean signed, long bytesMax) {
        this.signed = signed;
        this.bytesMax = bytesMax;
    }

    /** Reads what remains of {@code from}; hands on the body's own bytes as slices of it. */
    void read(ByteBuffer from, Consumer<ByteBuffer> to) {
        while (from.hasRemaining()) {
            if (state == State.DATA) {
                data(from, to);
            } else if (lineEnds(from.get())) {
                line(new String(line, 0, lineBytes - 2, StandardCharsets.ISO_8859_1));
                lineBytes = 0;
            }
        }
    }

    /** The trailers, names in lower case. Refused if the body has not ended. */
    Map<String, String> end() {
        if (state != State.DONE) {
            throw BodyErrors.incomplete();
        }
        return trailers;
    }

    private void data(ByteBuffer from, Consumer<ByteBuffer> to) {
        int length = (int) Math.min(chunkLeft, from.remaining());
        to.accept(from.slice(from.position(), length));
        from.position(from.position() + length);
        chunkLeft -= length;
        if (chunkLeft == 0) {
            state = State.BREAK;
        }
    }

    private boolean lineEnds(byte next) {
        if (state == State.DONE) {
            throw BodyErrors.notChunked();
        }
        if (lineBytes == LINE_BYTES_MAX) {
            throw state == State.TRAILER ? BodyErrors.trailer() : BodyErrors.notChunked();
        }
        line[lineBytes++] = next;
        return next == '\n' && lineBytes >= 2 && line[lineBytes - 2] == '\r';
    }

    private void line(String text) {
        switch (state) {
            case HEADER -> header(text);
            case BREAK -> {
                if (!text.isEmpty()) {
                    throw BodyErrors.notChunked();
                }
                state = State.HEADER;
            }
            case TRAILER -> trailer(text);
            case DATA, DONE -> throw new IllegalStateException("no line in " + state);
        }
    }

    private void header(String text) {
        int semicolon = text.indexOf(';');
        var size = semicolon < 0 ? text : text.substring(0, semicolon);
        if (!HEX.matcher(size).matches() || size.length() > SIZE_DIGITS_MAX) {
            throw BodyErrors.notChunked();
        }
        checkSignature(semicolon < 0 ? "" : text.substring(semicolon));
        begin(Long.parseLong(size, 16));
    }

    private void begin(long size) {
        if (size == 0) {
            state = State.TRAILER;
            return;
        }
        if (chunks > 0 && chunkBytes < CHUNK_BYTES_MIN) {
            throw BodyErrors.smallChunk(chunks, chunkBytes);
        }
        if (size > bytesMax - bytes) {
            throw BodyErrors.incomplete();
        }
        chunks++;
        bytes += size;
        chunkBytes = size;
        chunkLeft = size;
        state = State.DATA;
    }

    private void checkSignature(String extension) {
        var hex = extension.startsWith(SIGNATURE) ? extension.substring(SIGNATURE.length()) : "";
        if (signed && !HEX.matcher(hex).matches()) {
            throw BodyErrors.notChunked();
        }
    }

    private void trailer(String text) {
        if (text.isEmpty()) {
            state = State.DONE;
            return;
        }
        int colon = text.indexOf(':');
        if (colon <= 0 || trailers.size() == TRAILERS_MAX) {
            throw BodyErrors.trailer();
        }
        var name = text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        if (trailers.put(name, text.substring(colon + 1).strip()) != null) {
            throw BodyErrors.trailer();
        }
    }
}
