package io.riffle.schemas;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** An Arrow IPC stream of one batch whose data is still to be filled in: all that depends on the shape alone. */
final class StreamTemplate {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] head;
    private final BatchLayout layout;
    private final int length;

    StreamTemplate(TableSchema schema, BatchLayout layout) {
        byte[] first = IpcWriter.envelope(MetadataWriter.schema(schema));
        byte[] second = IpcWriter.envelope(MetadataWriter.batch(layout.header(), layout.bodyLength()));
        head = ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
        this.layout = layout;
        length = Math.toIntExact(head.length + layout.bodyLength() + Long.BYTES);
    }

    /** A new value with a body of zeros. */
    byte[] newBytes() {
        byte[] value = Arrays.copyOf(head, length);
        LONGS.set(value, length - Long.BYTES, IpcWriter.END_OF_STREAM);
        return value;
    }

    /** As {@link #newBytes}, little-endian. */
    ByteBuffer newValue() {
        return ByteBuffer.wrap(newBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where a buffer of a column begins in the value. */
    int position(int column, int buffer) {
        return head.length + layout.position(column, buffer);
    }
}
