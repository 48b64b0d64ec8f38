package io.riffle.jobs.files;

import java.nio.file.Path;
import java.util.Optional;

/** A {@link CsvTable} of events: {@code t} in microseconds, {@code x}, {@code y}, and {@code p}, 1 for brighter. */
final class CsvEvents implements EventSource {
    private final CsvTable table;
    private final int t;
    private final int x;
    private final int y;
    private final int p;
    private CsvTable.Row row;

    CsvEvents(CsvTable table) {
        this.table = table;
        t = table.column("t");
        x = table.column("x");
        y = table.column("y");
        p = table.column("p");
    }

    @Override
    public Path file() {
        return table.file();
    }

    @Override
    public Optional<SensorSize> sensor() {
        return Optional.empty();
    }

    @Override
    public boolean next() {
        row = table.next();
        return row != null;
    }

    @Override
    public long micros() {
        return row.whole(t);
    }

    @Override
    public int x() {
        return pixel(x);
    }

    @Override
    public int y() {
        return pixel(y);
    }

    /** Beyond what a sensor may have is told where it is known how many pixels there are. */
    private int pixel(int column) {
        return (int) Math.max(-1, Math.min(Integer.MAX_VALUE, row.whole(column)));
    }

    /** Some write -1 for darker, others 0. */
    @Override
    public boolean brighter() {
        return row.whole(p) > 0;
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
