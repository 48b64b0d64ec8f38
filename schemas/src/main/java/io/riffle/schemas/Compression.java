package io.riffle.schemas;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;

/** How the buffers of a record batch are compressed. Riffle writes none; other writers may compress. */
enum Compression {
    NONE {
        @Override
        byte[] decompress(byte[] compressed, int size) {
            throw new IllegalStateException("nothing to decompress");
        }
    },
    LZ4_FRAME {
        @Override
        byte[] decompress(byte[] compressed, int size) throws IOException {
            try (InputStream in = new FramedLZ4CompressorInputStream(new ByteArrayInputStream(compressed))) {
                byte[] bytes = in.readNBytes(size);
                if (bytes.length != size || in.read() >= 0) {
                    throw new IOException("the compressed bytes do not hold " + size + " bytes");
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
            long got = Zstd.decompressByteArray(bytes, 0, size, compressed, 0, compressed.length);
            if (Zstd.isError(got) || got != size) {
                throw new IOException("the compressed bytes do not hold " + size + " bytes");
            }
            return bytes;
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
            return ByteBuffer.wrap(decompress(compressed, (int) size)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException | RuntimeException e) {
            throw broken(e.getMessage(), e);
        }
    }

    abstract byte[] decompress(byte[] compressed, int size) throws IOException;

    private BadChunkException broken(String what, Throwable cause) {
        return new BadChunkException(
                RejectReason.MALFORMED, "a buffer compressed with %s is broken: %s".formatted(this, what), cause);
    }
}
