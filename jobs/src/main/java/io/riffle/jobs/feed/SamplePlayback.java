package io.riffle.jobs.feed;

import io.riffle.jobs.files.SampleInput;
import io.riffle.schemas.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The samples of a file, with the times that they have; when it is looped, those of later rounds come as much later as the
 * file is long. Samples of one stream that follow each other closely become one record.
 */
final class SamplePlayback implements Playback {
    private static final long CLOSE_NANOS = 50_000_000;
    private static final int MOST = 1000;

    private final Supplier<SampleInput> file;
    private final int most;
    private final long closeNanos;
    private final boolean loop;
    private SampleInput input;
    private Samples next;
    private long shift;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long count;
    private boolean firstRound = true;

    /**
     * @param opened already
     * @param file opens it again
     * @param most samples of a record; 0: those of 50 ms
     */
    SamplePlayback(SampleInput opened, Supplier<SampleInput> file, int most, boolean loop) {
        this.input = opened;
        this.file = file;
        this.most = most > 0 ? most : MOST;
        closeNanos = most > 0 ? Long.MAX_VALUE : CLOSE_NANOS;
        this.loop = loop;
    }

    @Override
    public boolean hasNext() {
        if (next == null && !input.hasNext() && loop && count > 1) {
            long length = last - first;
            shift += length + length / (count - 1);
            firstRound = false;
            input.close();
            input = file.get();
        }
        if (next == null && input.hasNext()) {
            next = input.next();
        }
        return next != null;
    }

    @Override
    public Piece next() {
        hasNext();
        List<Samples> together = new ArrayList<>();
        int rows = 0;
        do {
            together.add(next);
            rows += next.size();
            next = input.hasNext() ? input.next() : null;
        } while (next != null && belongs(together.get(0), next, rows));
        return piece(together, rows);
    }

    private boolean belongs(Samples begun, Samples more, int rows) {
        return more.stream().equals(begun.stream())
                && more.run() == begun.run()
                && rows + more.size() <= most
                && begun.size() > 0
                && more.size() > 0
                && Math.abs(more.times()[more.size() - 1] - begun.times()[0]) <= closeNanos;
    }

    private Piece piece(List<Samples> together, int rows) {
        Samples begun = together.get(0);
        long[] times = new long[rows];
        float[] values = new float[rows * begun.channels()];
        int row = 0;
        for (Samples part : together) {
            System.arraycopy(part.times(), 0, times, row, part.size());
            System.arraycopy(part.values(), 0, values, row * begun.channels(), part.values().length);
            row += part.size();
        }
        if (firstRound) {
            count += rows;
            first = Math.min(first, Arrays.stream(times).min().orElse(first));
            last = Math.max(last, Arrays.stream(times).max().orElse(last));
        }
        for (int i = 0; i < rows; i++) {
            times[i] += shift;
        }
        Samples samples = new Samples(begun.stream(), begun.run(), begun.channels(), times, values);
        double begin = (Arrays.stream(times).min().orElse(first) - first) / 1e9;
        double end = (Arrays.stream(times).max().orElse(first) - first) / 1e9;
        return new Piece(samples, begin, end);
    }

    @Override
    public double share() {
        return input.share();
    }

    @Override
    public void close() {
        input.close();
    }
}
