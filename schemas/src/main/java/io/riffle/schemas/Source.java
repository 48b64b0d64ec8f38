package io.riffle.schemas;

import java.nio.ByteBuffer;

/** Bytes that are there: a Kafka value, or a file. */
interface Source {
    long size();

    /**
     * A part, little-endian, from 0 to its limit.
     *
     * @throws BadChunkException if the part does not lie within the source: whatever a length field claims, no more is
     *     allocated than is there
     */
    ByteBuffer read(long position, long length);

    /** The rule of {@link #read}, in one place. */
    static void checkWithin(long position, long length, long size) {
        if (position < 0 || length < 0 || position > size - length) {
            throw new BadChunkException(
                    RejectReason.MALFORMED,
                    "bytes %d + %d are pointed to, %d are there".formatted(position, length, size));
        }
    }
}
