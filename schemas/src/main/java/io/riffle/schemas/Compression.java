package io.riffle.schemas;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;

/** How the buffers of a record batch are compressed. Riffle writes none; other writers may compress. */
enum Compression {
    NONE {
        @Override
        byte[] decompress(byte[] stored, int size) {
            return stored;
        }
    },
    LZ4_FRAME {
        @Override
        byte[] decompress(byte[] compressed, int size) throws IOException {
            try (InputStream in = new FramedLZ4CompressorInputStream(new ByteArrayInputStream(compressed))) {
                byte[] bytes = in.readNBytes(size);
                if (in.read() >= 0) {
                    throw new IOException("more bytes than claimed");
                }
                return bytes;
            }
        }
    },
    ZSTD {
        @Override
        byte[] decompress(byte[] compressed, int size) throws IOException {
            byte[] bytes = new byte[size];
            // Never writes beyond the array, whatever the frame claims.
            int got = (int) Zstd.decompressByteArray(bytes, 0, size, compressed, 0, compressed.length);
            return got == size ? bytes : Arrays.copyOf(bytes, got);
        }
    };

    private static final int PREFIX = Long.BYTES;
    private static final long STORED = -1;
    /** Writers may compress a buffer with the padding that follows it. */
    private static final int PADDING = 64;

    /**
     * A buffer as it was before compression.
     *
     * @param stored int64 size before compression, or -1 for stored as is; then the bytes
     * @param expected size in bytes that the rows need; what claims more (but for padding) is refused before anything is
     *     allocated
     */
    ByteBuffer open(ByteBuffer stored, int expected) {
        if (this == NONE || expected == 0) {
            return stored;
        }
        if (stored.remaining() < PREFIX) {
            throw broken("its size is missing", null);
        }
        long size = stored.getLong(0);
        ByteBuffer rest = stored.slice(PREFIX, stored.remaining() - PREFIX).order(ByteOrder.LITTLE_ENDIAN);
        if (size == STORED) {
            return rest;
        }
        if (size < expected || size > (long) expected + PADDING) {
            throw broken("it claims %d bytes, expected %d".formatted(size, expected), null);
        }
        byte[] compressed = new byte[rest.remaining()];
        rest.get(compressed);
        try {
            byte[] bytes = decompress(compressed, (int) size);
            if (bytes.length != size) {
                throw new IOException("fewer bytes than claimed");
            }
            return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException | RuntimeException e) {
            throw broken("its bytes do not hold %d bytes".formatted(size), e);
        } catch (LinkageError e) {
            // A record must not stop a job that runs well without it.
            throw broken("the native library that opens it cannot be loaded; is java.io.tmpdir writable?", e);
        }
    }

    /** At most {@code size} bytes; throws if there are more. */
    abstract byte[] decompress(byte[] compressed, int size) throws IOException;

    private BadChunkException broken(String what, Throwable cause) {
        return new BadChunkException(
                RejectReason.MALFORMED, "a buffer compressed with %s is broken: %s".formatted(this, what), cause);
    }
}
