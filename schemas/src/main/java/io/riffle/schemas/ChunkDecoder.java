package io.riffle.schemas;

/** Kafka value to chunk: {@code raster/1} and {@code events/1}. */
public final class ChunkDecoder {
    /** @param channels what is expected; @param dt seconds */
    public ChunkDecoder(int channels, double dt) {}

    /** Accepts any number of channels and any dt. */
    public static ChunkDecoder anything() {
        return new ChunkDecoder(0, 0);
    }

    /** @throws BadChunkException for whatever the value is not */
    public Chunk decode(String stream, byte[] value) {
        return decodeWithMetadata(stream, value).chunk();
    }

    /** As {@link #decode}, with dt, recorded path and format. */
    public DecodedChunk decodeWithMetadata(String stream, byte[] value) {
        throw new UnsupportedOperationException();
    }
}
