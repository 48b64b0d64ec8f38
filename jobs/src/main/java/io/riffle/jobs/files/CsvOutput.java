package io.riffle.jobs.files;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.DecodedChunk;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.List;

/** A CSV file: stream, run if there are several, step, one column per channel. */
final class CsvOutput implements ChunkOutput {
    private final Path path;
    private final boolean runs;
    private final CsvFile file;

    CsvOutput(Path path, boolean runs) {
        this.path = path;
        this.runs = runs;
        file = new CsvFile(path, runs ? List.of("stream", "run", "step") : List.of("stream", "step"));
    }

    @Override
    public void append(DecodedChunk decoded) {
        Chunk chunk = decoded.chunk();
        if (chunk.run() > 0 && !runs) {
            throw new RiffleException(
                    "%s: got %s, expected run 0, as the file has no column run".formatted(path, chunk));
        }
        file.expect(chunk.stream(), chunk.channels());
        for (int step = 0; step < chunk.steps(); step++) {
            String number = Long.toString(chunk.firstStep() + step);
            file.row(
                    runs
                            ? List.of(chunk.stream(), Long.toString(chunk.run()), number)
                            : List.of(chunk.stream(), number),
                    chunk.values(),
                    step * chunk.channels());
        }
        file.flushIfLive();
    }

    @Override
    public void close() {
        file.close();
    }
}
