package io.riffle.jobs.files;

import io.riffle.schemas.Chunk;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/** {@link Rows} as chunks. They have no step numbers, so that each stream goes on where it stands. */
final class RowInput implements ChunkInput {
    /** As a record takes them. */
    static final int MOST_CHANNELS = 1 << 22;

    private static final int MOST_VALUES = 1 << 16;
    private static final int MOST_ROWS = 1024;

    private final Path file;
    private final Rows rows;
    private final InputSettings settings;
    private final ToLongFunction<String> nextSteps;
    private final float[] buffer;
    private final int mostRows;
    private int stream = -1;
    private String name;
    private long step;
    private Chunk next;

    /** @param file for messages */
    RowInput(Path file, Rows rows, InputSettings settings, ToLongFunction<String> nextSteps) {
        this.file = file;
        this.rows = rows;
        this.settings = settings;
        this.nextSteps = nextSteps;
        int channels = rows.channels();
        if (channels < 1 || channels > MOST_CHANNELS) {
            rows.close();
            throw new RiffleException("%s has %d channels, expected 1 to %d".formatted(file, channels, MOST_CHANNELS));
        }
        mostRows = Math.max(1, Math.min(MOST_ROWS, MOST_VALUES / channels));
        buffer = new float[mostRows * channels];
        beginStream();
    }

    private void beginStream() {
        stream++;
        if (stream < rows.streams()) {
            name = rows.isBatch() ? settings.numberedStream(stream) : settings.onlyStream();
            step = nextSteps.applyAsLong(name);
        }
    }

    @Override
    public boolean hasNext() {
        while (next == null && stream < rows.streams()) {
            int read = rows.read(buffer, mostRows);
            if (read == 0) {
                beginStream();
            } else {
                next = chunk(read);
            }
        }
        return next != null;
    }

    private Chunk chunk(int read) {
        int channels = rows.channels();
        float[] values = Arrays.copyOf(buffer, read * channels);
        for (int cell = 0; cell < values.length; cell++) {
            if (!Float.isFinite(values[cell])) {
                throw new RiffleException("%s: stream '%s', step %d, channel %d is %s, expected a finite value"
                        .formatted(file, name, step + cell / channels, cell % channels, values[cell]));
            }
        }
        Chunk chunk = new Chunk(name, step, read, channels, values);
        step = chunk.endStep();
        return chunk;
    }

    @Override
    public Chunk next() {
        if (!hasNext()) {
            throw new NoSuchElementException(file + ": no more rows");
        }
        Chunk chunk = next;
        next = null;
        return chunk;
    }

    @Override
    public int channels() {
        return rows.channels();
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public boolean hasRuns() {
        return false;
    }

    @Override
    public Optional<String> recordPath() {
        return Optional.empty();
    }

    @Override
    public OptionalDouble dt() {
        return rows.dt();
    }

    @Override
    public double share() {
        return rows.share();
    }

    @Override
    public void close() {
        rows.close();
    }
}
