package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Rows of another rate: step n is what the sound is at the time n * dt, after all that is too fast for the steps (above
 * 0.45 per step) was taken out. No step is late or early, and no rounding adds up, however long the sound is. Before its
 * beginning and after its end it is silent.
 *
 * <p>Ours because no library would do: that of the JDK is 12 samples late after ten minutes and lets through what it should
 * take out, the others are not free to ship or hold the whole sound in memory.
 */
final class ResampledRows implements Rows {
    private static final double EDGE = 0.94;
    private static final double LARGEST_RATIO = 4096;
    private static final int MOST_VALUES = 1 << 24;

    private final Rows source;
    private final double dt;
    private final double ratio;
    private final double cutoff;
    private final double reach;
    private final int channels;
    private final double[] sums;
    private final float[] window;
    private final int windowRows;
    /** Row of the source that stands first in the window, and how many stand there. */
    private long windowBegin;

    private int windowFilled;
    private boolean ended;
    private long step;

    /**
     * @param dt length of a step in seconds
     * @param file for messages
     */
    ResampledRows(Rows source, double dt, Path file) {
        this.source = source;
        this.dt = dt;
        ratio = dt / source.dt().orElseThrow();
        cutoff = EDGE * Math.min(1, 1 / ratio);
        reach = SincKernel.ZEROS / cutoff;
        channels = source.channels();
        sums = new double[channels];
        double rows = 4 * reach + 1024;
        if (ratio > LARGEST_RATIO || ratio < 1 / LARGEST_RATIO || rows * channels > MOST_VALUES) {
            source.close();
            throw new RiffleException(
                    "%s has %s samples for a step, of %d channels: expected 1/%.0f to %.0f, and fewer of many channels, to resample them"
                            .formatted(file, ratio, channels, LARGEST_RATIO, LARGEST_RATIO));
        }
        windowRows = (int) rows;
        window = new float[windowRows * channels];
    }

    @Override
    public int read(float[] values, int most) {
        int rows = 0;
        while (rows < most && makeStep(values, rows * channels)) {
            rows++;
        }
        return rows;
    }

    private boolean makeStep(float[] values, int at) {
        double middle = step * ratio;
        fill(Math.max(0, (long) Math.ceil(middle - reach)), (long) Math.floor(middle + reach) + 1);
        long end = windowBegin + windowFilled;
        if (middle >= end) {
            return false;
        }
        long first = Math.max(windowBegin, (long) Math.ceil(middle - reach));
        long last = Math.min(end, (long) Math.floor(middle + reach) + 1);
        Arrays.fill(sums, 0);
        for (long row = first; row < last; row++) {
            double weight = cutoff * SincKernel.at(Math.abs(row - middle) * cutoff);
            int from = (int) (row - windowBegin) * channels;
            for (int channel = 0; channel < channels; channel++) {
                sums[channel] += weight * window[from + channel];
            }
        }
        for (int channel = 0; channel < channels; channel++) {
            values[at + channel] = (float) sums[channel];
        }
        step++;
        return true;
    }

    /** Makes these rows stand in the window, as far as there are any. */
    private void fill(long first, long end) {
        while (!ended && windowBegin + windowFilled < end) {
            if (windowFilled == windowRows) {
                int gone = (int) (first - windowBegin);
                System.arraycopy(window, gone * channels, window, 0, (windowFilled - gone) * channels);
                windowBegin = first;
                windowFilled -= gone;
            }
            float[] read = new float[Math.min(1024, windowRows - windowFilled) * channels];
            int rows = source.read(read, read.length / channels);
            System.arraycopy(read, 0, window, windowFilled * channels, rows * channels);
            windowFilled += rows;
            ended = rows == 0;
        }
    }

    @Override
    public boolean isBatch() {
        return false;
    }

    @Override
    public int streams() {
        return 1;
    }

    @Override
    public int channels() {
        return channels;
    }

    @Override
    public OptionalDouble dt() {
        return OptionalDouble.of(dt);
    }

    @Override
    public double share() {
        return source.share();
    }

    @Override
    public void close() {
        source.close();
    }
}
