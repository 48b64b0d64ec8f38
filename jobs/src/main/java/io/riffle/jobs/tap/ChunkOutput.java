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

    /**
     * The format by the name's ending: .arrow and .feather, .arrows, .csv.
     *
     * @param runs whether chunks may be of another run than the first
     */
    static ChunkOutput to(Path file, boolean runs) {
        requireKnown(file);
        return isCsv(file) ? new CsvOutput(file, runs) : new ArrowOutput(file, runs);
    }

    /** @throws RiffleException if the name's ending says no format */
    static void requireKnown(Path file) {
        String name = name(file);
        if (!isCsv(file) && !name.endsWith(".arrow") && !name.endsWith(".arrows") && !name.endsWith(".feather")) {
            throw new RiffleException(
                    "the output file is %s, expected a name that ends in .arrow, .arrows or .csv".formatted(file));
        }
    }

    static boolean isCsv(Path file) {
        return name(file).endsWith(".csv");
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }
}
