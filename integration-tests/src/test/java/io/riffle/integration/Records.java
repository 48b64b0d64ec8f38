package io.riffle.integration;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkDecoder;
import io.riffle.schemas.DecodedChunk;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Picks recorded state out of a topic. */
final class Records {
    private Records() {}

    /** The values of one stream and path, step after step. */
    static float[] of(List<ConsumerRecord<String, byte[]>> records, String stream, String path) {
        List<Chunk> chunks = records.stream()
                .filter(record -> record.key().equals(stream))
                .map(record -> ChunkDecoder.anything().decodeWithMetadata(stream, record.value()))
                .filter(decoded -> decoded.recordPath().equals(Optional.of(path)))
                .map(DecodedChunk::chunk)
                .toList();
        float[] joined = new float
                [chunks.stream().mapToInt(chunk -> chunk.values().length).sum()];
        int at = 0;
        for (Chunk chunk : chunks) {
            System.arraycopy(chunk.values(), 0, joined, at, chunk.values().length);
            at += chunk.values().length;
        }
        return joined;
    }
}
