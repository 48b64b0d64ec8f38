package io.riffle.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Some rows of a table: the columns of a schema as views of a body.
 *
 * <p>Every access checks what the header claims against the bytes that are there.
 */
final class RecordBatch {
    /** A batch lies in memory as a whole, and so do its buffers, compressed ones opened. */
    private static final long MAX_BUFFER = 1L << 29;

    private final TableSchema schema;
    private final BatchHeader header;
    private final ByteBuffer body;

    RecordBatch(TableSchema schema, BatchHeader header, ByteBuffer body) {
        this.schema = schema;
        this.header = header;
        this.body = body;
        if (header.rows() < 0 || header.rows() > Integer.MAX_VALUE) {
            throw malformed("a record batch claims %d rows".formatted(header.rows()));
        }
    }

    int rows() {
        return (int) header.rows();
    }

    int bodyLength() {
        return body.limit();
    }

    /** Whether its buffers hold the values as they are. */
    boolean isPlain() {
        return header.compression() == Compression.NONE;
    }

    /** Where in the body {@link #longs} lie; to be asked only once they were read. */
    int longsAt(int column) {
        return (int) header.bufferOffsets()[schema.firstBuffer(column) + 1];
    }

    /** Where in the body {@link #lists} lie; to be asked only once they were read. */
    int listsAt(int column) {
        return (int) header.bufferOffsets()[schema.firstBuffer(column) + 2];
    }

    LongBuffer longs(int column) {
        checkNode(column, 0, header.rows());
        return fixedWidth(column, 1, header.rows() * Long.BYTES).asLongBuffer();
    }

    IntBuffer ints(int column) {
        checkNode(column, 0, header.rows());
        return fixedWidth(column, 1, header.rows() * Integer.BYTES).asIntBuffer();
    }

    FloatBuffer floats(int column) {
        checkNode(column, 0, header.rows());
        return fixedWidth(column, 1, header.rows() * Float.BYTES).asFloatBuffer();
    }

    /** Row-major [rows, list size]. */
    FloatBuffer lists(int column) {
        long items = header.rows() * schema.columns().get(column).listSize();
        checkNode(column, 0, header.rows());
        checkNode(column, 1, items);
        // Two length fields that lie can multiply beyond a long.
        return fixedWidth(column, 2, Math.min(items, MAX_BUFFER) * Float.BYTES).asFloatBuffer();
    }

    /** Text or bytes per row. */
    Bytes bytes(int column) {
        Column type = schema.columns().get(column);
        checkNode(column, 0, header.rows());
        boolean large = type.type() == ColumnType.LARGE_UTF8;
        long width = large ? Long.BYTES : Integer.BYTES;
        if (header.rows() == 0) {
            return new Bytes(column, false, ByteBuffer.allocate(0), ByteBuffer.allocate(0)); // offsets may be left out
        }
        ByteBuffer offsets = fixedWidth(column, 1, (header.rows() + 1) * width);
        long end = large ? offsets.getLong(rows() * Long.BYTES) : offsets.getInt(rows() * Integer.BYTES);
        return new Bytes(column, large, offsets, fixedWidth(column, 2, end));
    }

    /** True if the column holds nulls; then it is not to be read. */
    boolean holdsNulls(int column) {
        int node = schema.firstNode(column);
        return node < header.nodeNulls().length && header.nodeNulls()[node] > 0;
    }

    private void checkNode(int column, int child, long rows) {
        int node = schema.firstNode(column) + child;
        String name = schema.columns().get(column).name();
        if (node >= header.nodeRows().length || header.nodeRows()[node] != rows) {
            throw malformed("column %s claims %s rows, expected %d"
                    .formatted(name, node < header.nodeRows().length ? header.nodeRows()[node] : "no", rows));
        }
        if (header.nodeNulls()[node] != 0) {
            throw new BadChunkException(
                    RejectReason.WRONG_SCHEMA,
                    "column %s holds %d nulls, expected none".formatted(name, header.nodeNulls()[node]));
        }
    }

    /** A buffer of at least {@code size} bytes, as the rows need, cut to that size. */
    private ByteBuffer fixedWidth(int column, int buffer, long size) {
        int index = schema.firstBuffer(column) + buffer;
        if (index >= header.bufferOffsets().length) {
            throw malformed("column %s has no buffer"
                    .formatted(schema.columns().get(column).name()));
        }
        if (size < 0 || size > MAX_BUFFER) {
            throw new BadChunkException(
                    size < 0 ? RejectReason.MALFORMED : RejectReason.TOO_LARGE,
                    "column %s needs %d bytes, expected at most %d"
                            .formatted(schema.columns().get(column).name(), size, MAX_BUFFER));
        }
        long offset = header.bufferOffsets()[index];
        long stored = header.bufferSizes()[index];
        Source.checkWithin(offset, stored, body.limit());
        ByteBuffer bytes = body.slice((int) offset, (int) stored).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer open = header.compression().open(bytes, (int) size);
        if (open.remaining() < size) {
            throw malformed("column %s has %d bytes, expected %d"
                    .formatted(schema.columns().get(column).name(), open.remaining(), size));
        }
        return open.limit((int) size);
    }

    private static BadChunkException malformed(String message) {
        return new BadChunkException(RejectReason.MALFORMED, message);
    }

    /** A column of variable width: one more offset than rows, and the bytes that they point into. */
    final class Bytes {
        private final int column;
        private final boolean large;
        private final ByteBuffer offsets;
        private final ByteBuffer data;

        private Bytes(int column, boolean large, ByteBuffer offsets, ByteBuffer data) {
            this.column = column;
            this.large = large;
            this.offsets = offsets;
            this.data = data;
        }

        /** A view of one row's bytes. */
        ByteBuffer view(int row) {
            long start = offset(row);
            long end = offset(row + 1);
            if (start < 0 || end < start || end > data.limit()) {
                throw malformed("column %s, row %d: its bytes are %d until %d, %d are there"
                        .formatted(schema.columns().get(column).name(), row, start, end, data.limit()));
            }
            return data.slice((int) start, (int) (end - start));
        }

        String text(int row) {
            return StandardCharsets.UTF_8.decode(view(row)).toString();
        }

        private long offset(int row) {
            return large ? offsets.getLong(row * Long.BYTES) : offsets.getInt(row * Integer.BYTES);
        }
    }
}
