package io.riffle.jobs.offline;

import io.riffle.schemas.Formats;
import io.riffle.schemas.Samples;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Samples out of a file, in its order, record by record; several streams may alternate. */
interface SampleInput extends Iterator<Samples>, AutoCloseable {
    /** Whether a file holds samples rather than steps. */
    static boolean isSamples(Path file) {
        if (!isCsv(file)) {
            return Formats.of(file).filter(Formats.SAMPLES::equals).isPresent();
        }
        try (CsvTable table = new CsvTable(file)) {
            return table.hasTimes();
        }
    }

    /** @param stream the name of the one stream of a file that names none */
    static SampleInput open(Path file, String stream) {
        return isCsv(file) ? new CsvSamples(file, stream) : new ArrowSamples(file, stream);
    }

    /** By the name's ending: CSV, else Arrow. */
    static boolean isCsv(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    int channels();

    /** One per channel, or none if the file has none. */
    List<String> names();

    /** Whether samples may be of another run than the first. */
    boolean hasRuns();

    /** How much of the file is read, 0 to 1. */
    double share();

    @Override
    void close();
}
