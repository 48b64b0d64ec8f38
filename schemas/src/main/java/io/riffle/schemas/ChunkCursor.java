package io.riffle.schemas;

/** Goes through the rows of a file, chunk by chunk. */
interface ChunkCursor {
    /** The next chunk, or null at the end. */
    Chunk next();
}
