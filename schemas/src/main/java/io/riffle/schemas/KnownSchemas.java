package io.riffle.schemas;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What schemas mean that were seen before: streams repeat theirs in every record, and those of one topic differ by
 * little more than their runs. May serve several threads; a race costs one more parse, no more.
 */
final class KnownSchemas {
    private static final int MOST = 1024;
    /** Others put long texts beside ours; what is kept stays below 8 MiB. */
    private static final int MOST_BYTES = 8 * 1024;

    private final Map<ByteBuffer, ChunkSchema> schemas = new ConcurrentHashMap<>();
    private Known last = new Known(ByteBuffer.allocate(0), null); // an empty schema message is never asked for

    /** The schema of these bytes, or null. */
    ChunkSchema get(ByteBuffer metadata) {
        Known latest = last;
        if (latest.metadata().equals(metadata)) {
            return latest.schema(); // far cheaper than the hash of some hundred bytes
        }
        return schemas.get(metadata);
    }

    void put(ByteBuffer metadata, ChunkSchema schema) {
        // A copy, as a view would keep the whole record alive.
        ByteBuffer copy = ByteBuffer.allocate(metadata.remaining())
                .put(metadata.duplicate())
                .flip();
        last = new Known(copy, schema);
        if (schema.isLasting() && copy.remaining() <= MOST_BYTES) {
            if (schemas.size() >= MOST) {
                schemas.clear();
            }
            schemas.put(copy, schema);
        }
    }

    private record Known(ByteBuffer metadata, ChunkSchema schema) {}
}
