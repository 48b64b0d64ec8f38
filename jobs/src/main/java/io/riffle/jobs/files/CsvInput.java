package io.riffle.jobs.files;

import io.riffle.schemas.Chunk;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/**
 * A {@link CsvTable} of steps. Without a column {@code step} every stream goes on where it stands, and a run after its
 * first one begins with step 0.
 *
 * <p>Consecutive rows of one stream become one chunk.
 */
final class CsvInput implements ChunkInput {
    private static final int MOST_ROWS = 1024;

    private final CsvTable table;
    private final String stream;
    private final ToLongFunction<String> nextSteps;
    private final Map<String, Place> counted = new HashMap<>();
    private Row row;

    /** One line of the file. */
    private record Row(String stream, long run, long step, float[] values) {}

    /** Where a stream goes on. */
    private record Place(long run, long step) {}

    CsvInput(CsvTable table, String stream, ToLongFunction<String> nextSteps) {
        this.table = table;
        this.stream = stream;
        this.nextSteps = nextSteps;
        row = readRow();
    }

    private Row readRow() {
        CsvTable.Row next = table.next();
        if (next == null) {
            return null;
        }
        String named = next.stream(stream);
        long run = next.run();
        long step = table.hasSteps() ? next.step() : countedStep(named, run);
        counted.put(named, new Place(run, step + 1));
        return new Row(named, run, step, next.values());
    }

    private long countedStep(String named, long run) {
        Place place = counted.get(named);
        if (place == null) {
            return nextSteps.applyAsLong(named);
        }
        return place.run() == run ? place.step() : 0;
    }

    @Override
    public boolean hasNext() {
        return row != null;
    }

    @Override
    public Chunk next() {
        if (row == null) {
            throw new NoSuchElementException(table.file() + ": no more rows");
        }
        Row first = row;
        int channels = table.channels();
        float[] values = new float[MOST_ROWS * channels];
        int rows = 0;
        while (rows < MOST_ROWS && goesOn(first, rows)) {
            System.arraycopy(row.values, 0, values, rows * channels, channels);
            rows++;
            row = readRow();
        }
        return new Chunk(first.stream, first.run, first.step, rows, channels, Arrays.copyOf(values, rows * channels));
    }

    private boolean goesOn(Row first, int rows) {
        return row != null && row.stream.equals(first.stream) && row.run == first.run && row.step == first.step + rows;
    }

    @Override
    public int channels() {
        return table.channels();
    }

    @Override
    public List<String> names() {
        return table.names();
    }

    @Override
    public boolean hasRuns() {
        return table.hasRuns();
    }

    @Override
    public Optional<String> recordPath() {
        return Optional.empty();
    }

    @Override
    public OptionalDouble dt() {
        return OptionalDouble.empty();
    }

    @Override
    public double share() {
        return table.share();
    }

    @Override
    public void close() {
        table.close();
    }
}
