package io.riffle.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An Arrow IPC stream of one batch whose data is still to be filled in: all that depends on the shape alone. */
final class StreamTemplate {
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

    /** A new value, little-endian, with a body of zeros. */
    ByteBuffer newValue() {
        return ByteBuffer.allocate(length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(0, head)
                .putLong(length - Long.BYTES, IpcWriter.END_OF_STREAM);
    }

    /** Where a buffer of a column begins in the value. */
    int position(int column, int buffer) {
        return head.length + layout.position(column, buffer);
    }
}
