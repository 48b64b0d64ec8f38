package io.riffle.jobs.tap;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.DecodedChunk;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A CSV file: stream, step, one column per channel; the first line names them. */
final class CsvOutput implements ChunkOutput {
    private final Path file;
    private final CsvWriter writer;
    private int channels;

    CsvOutput(Path file) {
        this.file = file;
        try {
            writer = CsvWriter.builder().build(file);
        } catch (IOException e) {
            throw new RiffleException("%s could not be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    @Override
    public void append(DecodedChunk decoded) {
        Chunk chunk = decoded.chunk();
        if (channels == 0) {
            channels = chunk.channels();
            writer.writeRecord(header());
        }
        if (chunk.channels() != channels) {
            throw new RiffleException("%s has columns for %d channels, stream %s has %d"
                    .formatted(file, channels, chunk.stream(), chunk.channels()));
        }
        for (int step = 0; step < chunk.steps(); step++) {
            List<String> row = new ArrayList<>();
            row.add(chunk.stream());
            row.add(Long.toString(chunk.firstStep() + step));
            for (int channel = 0; channel < channels; channel++) {
                row.add(Float.toString(chunk.values()[step * channels + channel]));
            }
            writer.writeRecord(row);
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

    private List<String> header() {
        List<String> names = new ArrayList<>(List.of("stream", "step"));
        for (int channel = 0; channel < channels; channel++) {
            names.add(Integer.toString(channel));
        }
        return names;
    }
}
