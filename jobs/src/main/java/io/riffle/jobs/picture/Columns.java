package io.riffle.jobs.picture;

import io.riffle.jobs.view.History;
import io.riffle.schemas.Chunk;
import java.util.Arrays;

/**
 * A recording as a picture can show it: steps gathered into columns of time, and channels into rows, so that a
 * recording of any length takes the memory of a picture. Of each column and row it knows the least, the greatest and
 * the mean value. One owner: not for several threads.
 */
public final class Columns {
    private final long beginStep;
    private final long endStep;
    private final double dt;
    private final int channels;
    private final int columns;
    private final int rows;
    private final long stepsPerColumn;
    private final int channelsPerRow;
    private final float[] least;
    private final float[] greatest;
    private final double[] sums;
    private final long[] steps;

    /**
     * @param beginStep the first step that is shown
     * @param endStep exclusive
     * @param dt seconds per step
     * @param mostColumns steps share a column where there are more of them
     * @param mostRows channels share a row where there are more of them
     */
    public Columns(long beginStep, long endStep, double dt, int channels, int mostColumns, int mostRows) {
        this.beginStep = beginStep;
        this.endStep = Math.max(beginStep, endStep);
        this.dt = dt;
        this.channels = channels;
        stepsPerColumn = Math.max(1, ceilDiv(this.endStep - beginStep, mostColumns));
        channelsPerRow = (int) Math.max(1, ceilDiv(channels, mostRows));
        columns = (int) ceilDiv(this.endStep - beginStep, stepsPerColumn);
        rows = (int) ceilDiv(channels, channelsPerRow);
        least = new float[columns * rows];
        greatest = new float[columns * rows];
        sums = new double[columns * rows];
        steps = new long[columns];
        Arrays.fill(least, Float.POSITIVE_INFINITY);
        Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
    }

    /** The steps from begin (inclusive) to end (exclusive); those that are not kept any more are 0. */
    public static Columns of(History history, long beginStep, long endStep, int mostColumns) {
        int channels = history.channels();
        Columns all = new Columns(beginStep, endStep, history.dt(), channels, mostColumns, Math.max(1, channels));
        for (long step = beginStep; step < endStep; step++) {
            all.count(step);
            for (int channel = 0; channel < channels; channel++) {
                all.put(step, channel, history.value(step, channel));
            }
        }
        return all;
    }

    /**
     * Adds the steps that are shown.
     *
     * @param chosen the channels of the chunk that are the channels here, in their order
     */
    public void add(Chunk chunk, int[] chosen) {
        long end = Math.min(endStep, chunk.endStep());
        for (long step = Math.max(beginStep, chunk.firstStep()); step < end; step++) {
            int from = (int) (step - chunk.firstStep()) * chunk.channels();
            count(step);
            for (int channel = 0; channel < channels; channel++) {
                put(step, channel, chunk.values()[from + chosen[channel]]);
            }
        }
    }

    private void count(long step) {
        steps[column(step)]++;
    }

    private void put(long step, int channel, float value) {
        int cell = column(step) * rows + channel / channelsPerRow;
        least[cell] = Math.min(least[cell], value);
        greatest[cell] = Math.max(greatest[cell], value);
        sums[cell] += value;
    }

    private int column(long step) {
        return (int) ((step - beginStep) / stepsPerColumn);
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    int channels() {
        return channels;
    }

    int channelsPerRow() {
        return channelsPerRow;
    }

    /** Whether there was no step at this time. */
    boolean isEmpty(int column) {
        return steps[column] == 0;
    }

    double least(int column, int row) {
        return least[column * rows + row];
    }

    double greatest(int column, int row) {
        return greatest[column * rows + row];
    }

    double mean(int column, int row) {
        int channelsInRow = Math.min(channelsPerRow, channels - row * channelsPerRow);
        return sums[column * rows + row] / ((double) steps[column] * channelsInRow);
    }

    /** Whether anything happened: of spikes, whether there was one. */
    boolean any(int column, int row) {
        return greatest(column, row) > 0;
    }

    /** Where a column begins, since step 0; the column after the last one is where the last ends. */
    double beginSeconds(int column) {
        return (beginStep + column * stepsPerColumn) * dt;
    }

    /** The mean time of its steps. */
    double middleSeconds(int column) {
        long begin = beginStep + column * stepsPerColumn;
        long end = Math.min(endStep, begin + stepsPerColumn);
        return (begin + (end - 1 - begin) / 2.0) * dt;
    }

    private static long ceilDiv(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
