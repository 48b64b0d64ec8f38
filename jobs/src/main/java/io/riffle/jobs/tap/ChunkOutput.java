package io.riffle.jobs.tap;

import io.riffle.schemas.DecodedChunk;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.Locale;

/** A file that chunks go into. */
public interface ChunkOutput extends AutoCloseable {
    void append(DecodedChunk decoded);

    @Override
    void close();

    /** The format by the name's ending: .arrow and .feather, .arrows, .csv. */
    static ChunkOutput to(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return new CsvOutput(file);
        }
        if (name.endsWith(".arrow") || name.endsWith(".arrows") || name.endsWith(".feather")) {
            return new ArrowOutput(file);
        }
        throw new RiffleException(
                "the output file is %s, expected a name that ends in .arrow, .arrows or .csv".formatted(file));
    }
}
