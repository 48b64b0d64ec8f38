package io.riffle.schemas;

/** Chunk to Kafka value: {@code raster/1}. One owner: not for several threads. */
public final class ChunkEncoder {
    /** @param dt length of a step in seconds */
    public ChunkEncoder(double dt) {}

    /** For recorded state: adds the schema metadata {@code riffle.record}. */
    public static ChunkEncoder forRecord(double dt, String path) {
        return new ChunkEncoder(dt);
    }

    /** One Arrow IPC stream. */
    public byte[] encode(Chunk chunk) {
        throw new UnsupportedOperationException();
    }
}
