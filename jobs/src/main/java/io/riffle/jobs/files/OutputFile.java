package io.riffle.jobs.files;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.DecodedChunk;
import io.riffle.schemas.Formats;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file of chunks that is removed again if the work fails, so that none is left that looks finished. */
public final class OutputFile implements AutoCloseable {
    private final Path file;
    private final double dt;
    private final Optional<String> recordPath;
    private final ChunkOutput output;
    private boolean finished;

    /** @param runs whether chunks may be of another run than the first */
    public OutputFile(Path file, double dt, Optional<String> recordPath, boolean runs) {
        this.file = file;
        this.dt = dt;
        this.recordPath = recordPath;
        output = ChunkOutput.to(file, runs);
    }

    /** @param values (1, T, ..) of the steps of this chunk, of which there is at least one */
    public void append(Chunk of, Tensor values) {
        int channels = values.shape().count() / of.steps();
        Chunk chunk = of.withValues(channels, values.arrayWithoutCopy());
        output.append(new DecodedChunk(chunk, dt, recordPath, Formats.RASTER));
    }

    public void finish() {
        output.close();
        finished = true;
    }

    @Override
    public void close() {
        if (finished) {
            return;
        }
        output.close();
        if (StandardOutput.is(file)) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new RiffleException("%s cannot be removed: %s".formatted(file, failed.getMessage()), failed);
        }
    }
}
