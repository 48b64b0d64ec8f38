package io.riffle.schemas;

/**
 * What the metadata of a record batch claims; nothing of it is checked against the body yet.
 *
 * @param rows of the whole batch
 * @param nodeRows rows per field node
 * @param nodeNulls nulls per field node
 * @param bufferOffsets within the body
 * @param bufferSizes in bytes, as stored
 */
record BatchHeader(
        long rows,
        long[] nodeRows,
        long[] nodeNulls,
        long[] bufferOffsets,
        long[] bufferSizes,
        Compression compression) {}
