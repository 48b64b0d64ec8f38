package io.riffle.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Puts metadata into the envelope of an Arrow message; {@link IpcReader} draws it. */
final class IpcWriter {
    private static final int PREFIX = 2 * Integer.BYTES;
    /** What ends a stream: a message without metadata. */
    static final long END_OF_STREAM = IpcReader.CONTINUATION & 0xFFFF_FFFFL;

    private IpcWriter() {}

    /** FFFFFFFF, length, metadata, zeros up to a multiple of 8. */
    static byte[] envelope(byte[] metadata) {
        int length = (int) BatchLayout.padded(metadata.length);
        return ByteBuffer.allocate(PREFIX + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(IpcReader.CONTINUATION)
                .putInt(length)
                .put(metadata)
                .array();
    }
}
