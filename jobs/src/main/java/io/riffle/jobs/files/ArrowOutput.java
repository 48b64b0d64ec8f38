package io.riffle.jobs.files;

import io.riffle.schemas.ChunkFileWriter;
import io.riffle.schemas.DecodedChunk;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;

/** An Arrow file of one kind of chunks: that of the first. */
final class ArrowOutput implements ChunkOutput {
    private final Path file;
    private final boolean runs;
    private DecodedChunk first;
    private ChunkFileWriter writer;

    ArrowOutput(Path file, boolean runs) {
        this.file = file;
        this.runs = runs;
    }

    @Override
    public void append(DecodedChunk decoded) {
        if (writer == null) {
            first = decoded;
            writer = new ChunkFileWriter(file, decoded.dt(), decoded.recordPath(), encapsulation(), runs);
        }
        if (decoded.dt() != first.dt() || !decoded.recordPath().equals(first.recordPath())) {
            throw new RiffleException(
                    "%s holds dt %s s of %s, a chunk has dt %s s of %s: expected one kind in an Arrow file"
                            .formatted(file, first.dt(), what(first), decoded.dt(), what(decoded)));
        }
        writer.append(decoded.chunk());
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }

    private ChunkFileWriter.Encapsulation encapsulation() {
        return file.toString().endsWith(".arrows")
                ? ChunkFileWriter.Encapsulation.STREAM
                : ChunkFileWriter.Encapsulation.FILE;
    }

    private static String what(DecodedChunk decoded) {
        return decoded.recordPath().orElse("values");
    }
}
