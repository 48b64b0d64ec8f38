package io.riffle.jobs.offline;

import io.riffle.jobs.files.ChunkInput;
import io.riffle.schemas.Chunk;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Chunks as they stand in the file; a higher run starts its stream anew. */
final class FileOrder implements Admission {
    private final ChunkInput chunks;
    private final Path file;
    private final Map<String, Long> runs = new HashMap<>();

    /** @param file for messages */
    FileOrder(ChunkInput chunks, Path file) {
        this.chunks = chunks;
        this.file = file;
    }

    @Override
    public boolean hasNext() {
        return chunks.hasNext();
    }

    @Override
    public Steps next() {
        Chunk chunk = chunks.next();
        Long run = runs.put(chunk.stream(), chunk.run());
        if (run != null && chunk.run() < run) {
            throw new RiffleException("%s: stream '%s' goes on with run %d, expected run %d or a higher one"
                    .formatted(file, chunk.stream(), chunk.run(), run));
        }
        return new Steps(chunk, run != null && chunk.run() > run);
    }
}
