package io.riffle.jobs.files;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A CSV file of rows with a column for each channel; the first line names them. */
final class CsvFile implements AutoCloseable {
    private final Path file;
    private final List<String> leading;
    private final CsvWriter writer;
    /** Whether somebody reads it while it is written. */
    private final boolean live;

    private int channels;

    /** @param leading the names of the columns before the channels */
    CsvFile(Path file, List<String> leading) {
        this.file = file;
        live = StandardOutput.is(file);
        this.leading = leading;
        try {
            writer = live ? builder().build(StandardOutput.writer()) : builder().build(file);
        } catch (IOException e) {
            throw new RiffleException("%s could not be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** Lines end as the tools of a shell expect it. */
    private static CsvWriter.CsvWriterBuilder builder() {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF);
    }

    /** Called before the rows of a stream. */
    void expect(String stream, int channels) {
        if (this.channels == 0) {
            this.channels = channels;
            List<String> header = new ArrayList<>(leading);
            for (int channel = 0; channel < channels; channel++) {
                header.add(Integer.toString(channel));
            }
            writer.writeRecord(header);
        }
        if (channels != this.channels) {
            throw new RiffleException("%s has columns for %d channels, stream %s has %d"
                    .formatted(file, this.channels, stream, channels));
        }
    }

    /** @param values of which those of the row stand from one on */
    void row(List<String> leading, float[] values, int from) {
        List<String> row = new ArrayList<>(leading);
        for (int channel = 0; channel < channels; channel++) {
            row.add(Float.toString(values[from + channel]));
        }
        writer.writeRecord(row);
    }

    /** Called behind the rows of a chunk. */
    void flushIfLive() {
        try {
            if (live) {
                writer.flush();
            }
        } catch (IOException e) {
            throw new RiffleException("%s could not be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written to its end", e);
        }
    }
}
