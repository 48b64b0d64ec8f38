package io.riffle.schemas;

/** The column types that a format of ours has, and how many buffers and field nodes each takes in a record batch. */
enum ColumnType {
    INT32(1, 2),
    INT64(1, 2),
    /** timestamp in nanoseconds since 1970, of UTC or of no zone. */
    TIMESTAMP_NS(1, 2),
    FLOAT32(1, 2),
    /** fixed_size_list of float32: a validity buffer for the list, then the two buffers of its items. */
    FLOAT32_LIST(2, 3),
    UTF8(1, 3),
    LARGE_UTF8(1, 3),
    BINARY(1, 3),
    /** Any other: it can be named in a message, not read. */
    OTHER(0, 0);

    private final int nodes;
    private final int buffers;

    ColumnType(int nodes, int buffers) {
        this.nodes = nodes;
        this.buffers = buffers;
    }

    int nodes() {
        return nodes;
    }

    int buffers() {
        return buffers;
    }
}
