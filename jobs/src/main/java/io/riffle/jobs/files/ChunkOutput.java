package io.riffle.jobs.files;

import io.riffle.schemas.DecodedChunk;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;

/** A file that chunks go into. */
public interface ChunkOutput extends AutoCloseable {
    void append(DecodedChunk decoded);

    @Override
    void close();

    /**
     * @param runs whether chunks may be of another run than the first
     * @throws RiffleException if the name's ending says no format
     */
    static ChunkOutput to(Path file, boolean runs) {
        return switch (FileFormat.ofOutput(file)) {
            case ARROW -> new ArrowOutput(file, runs);
            case CSV -> new CsvOutput(file, runs);
            case NPY -> new NpyOutput(file);
            case NPZ, WAV -> throw new IllegalStateException(file + " is not written");
        };
    }

    /** @throws RiffleException if the name's ending says no format */
    static void requireKnown(Path file) {
        FileFormat.ofOutput(file);
    }
}
