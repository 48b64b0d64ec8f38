package io.riffle.jobs.files;

import io.riffle.schemas.Samples;
import java.util.List;
import java.util.NoSuchElementException;

/** A {@link CsvTable} of samples; each row is a record of its own. */
final class CsvSamples implements SampleInput {
    private final CsvTable table;
    private final String stream;
    private CsvTable.Row row;

    CsvSamples(CsvTable table, String stream) {
        this.table = table;
        this.stream = stream;
        row = table.next();
    }

    @Override
    public boolean hasNext() {
        return row != null;
    }

    @Override
    public Samples next() {
        if (row == null) {
            throw new NoSuchElementException(table.file() + ": no more rows");
        }
        Samples samples = new Samples(row.stream(stream), row.run(), channels(), new long[] {row.time()}, row.values());
        row = table.next();
        return samples;
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
    public double share() {
        return table.share();
    }

    @Override
    public void close() {
        table.close();
    }
}
