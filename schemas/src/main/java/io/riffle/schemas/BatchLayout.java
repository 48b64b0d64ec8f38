package io.riffle.schemas;

/**
 * Where the buffers of a record batch that we write lie in its body: each from a multiple of 8, without validity
 * buffers unless a row is null (as pyarrow writes it).
 */
final class BatchLayout {
    private static final int ALIGNMENT = 8;

    private final TableSchema schema;
    private final BatchHeader header;
    private final long bodyLength;

    /**
     * @param textBytes per column, bytes of all its rows; used for text and binary
     * @param nulls per column, how many rows are null
     */
    BatchLayout(TableSchema schema, int rows, long[] textBytes, long[] nulls) {
        this.schema = schema;
        int columns = schema.columns().size();
        long[] nodeRows = new long[schema.firstNode(columns)];
        long[] nodeNulls = new long[nodeRows.length];
        long[] sizes = new long[schema.firstBuffer(columns)];
        long[] offsets = new long[sizes.length];
        for (int index = 0; index < columns; index++) {
            Column column = schema.columns().get(index);
            int node = schema.firstNode(index);
            int buffer = schema.firstBuffer(index);
            nodeRows[node] = rows;
            nodeNulls[node] = nulls[index];
            sizes[buffer] = nulls[index] == 0 ? 0 : (rows + Byte.SIZE - 1) / Byte.SIZE;
            switch (column.type()) {
                case INT32, FLOAT32 -> sizes[buffer + 1] = (long) rows * Integer.BYTES;
                case INT64, TIMESTAMP_NS -> sizes[buffer + 1] = (long) rows * Long.BYTES;
                case FLOAT32_LIST -> {
                    nodeRows[node + 1] = (long) rows * column.listSize();
                    sizes[buffer + 2] = nodeRows[node + 1] * Float.BYTES;
                }
                case UTF8, BINARY -> {
                    sizes[buffer + 1] = (rows + 1L) * Integer.BYTES;
                    sizes[buffer + 2] = textBytes[index];
                }
                case LARGE_UTF8, OTHER -> throw new IllegalArgumentException("riffle never writes " + column);
            }
        }
        long position = 0;
        for (int buffer = 0; buffer < sizes.length; buffer++) {
            offsets[buffer] = position;
            position += padded(sizes[buffer]);
        }
        bodyLength = position;
        header = new BatchHeader(rows, nodeRows, nodeNulls, offsets, sizes, Compression.NONE);
    }

    /** Without text and nulls. */
    static BatchLayout of(TableSchema schema, int rows) {
        int columns = schema.columns().size();
        return new BatchLayout(schema, rows, new long[columns], new long[columns]);
    }

    BatchHeader header() {
        return header;
    }

    long bodyLength() {
        return bodyLength;
    }

    /** Where a buffer of a column begins: 0 validity, then as its type says. */
    int position(int column, int buffer) {
        return (int) header.bufferOffsets()[schema.firstBuffer(column) + buffer];
    }

    static long padded(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
