package io.riffle.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A Kafka value; parts are views of it. */
final class MemorySource implements Source {
    private final ByteBuffer bytes;

    MemorySource(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    @Override
    public long size() {
        return bytes.capacity();
    }

    @Override
    public ByteBuffer read(long position, long length) {
        Source.checkWithin(position, length, bytes.capacity());
        return bytes.slice((int) position, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
