package io.riffle.jobs.view;

import io.riffle.schemas.Chunk;
import java.util.Arrays;

/**
 * The last steps of one stream, whatever its chunks were. Steps that never came are 0. One owner: not for several
 * threads.
 */
public final class History {
    private final int capacity;
    private final double dt;
    private float[] rows = {};
    private int channels;
    private long beginStep;
    private long endStep;

    /** @param capacity steps that are kept; @param dt seconds per step */
    public History(int capacity, double dt) {
        this.capacity = capacity;
        this.dt = dt;
    }

    /** A chunk that leaves a hole, or comes with other channels than before, is shown as it is; only old steps are passed over. */
    public void add(Chunk chunk) {
        boolean elsewhere = chunk.firstStep() > endStep + capacity || chunk.endStep() < endStep - capacity;
        if (channels != chunk.channels() || endStep == beginStep || elsewhere) {
            channels = chunk.channels();
            rows = new float[capacity * channels];
            beginStep = chunk.firstStep();
            endStep = chunk.firstStep();
        }
        for (; endStep < chunk.firstStep(); endStep++) {
            int row = row(endStep);
            Arrays.fill(rows, row, row + channels, 0);
        }
        long from = Math.max(chunk.firstStep(), chunk.endStep() - capacity);
        for (long step = Math.max(from, beginStep); step < chunk.endStep(); step++) {
            int source = (int) (step - chunk.firstStep()) * channels;
            System.arraycopy(chunk.values(), source, rows, row(step), channels);
        }
        endStep = Math.max(endStep, chunk.endStep());
        beginStep = Math.max(beginStep, endStep - capacity);
    }

    public boolean isEmpty() {
        return endStep == beginStep;
    }

    /** 0 before the first chunk. */
    public int channels() {
        return channels;
    }

    public double dt() {
        return dt;
    }

    public long beginStep() {
        return beginStep;
    }

    public long endStep() {
        return endStep;
    }

    /** 0 for a step that is not kept. */
    public float value(long step, int channel) {
        return step >= beginStep && step < endStep ? rows[row(step) + channel] : 0;
    }

    /** The newest value of a channel. */
    public float latest(int channel) {
        return value(endStep - 1, channel);
    }

    /** The sum of a rectangle, ends exclusive; the number of spikes, if these are spikes. */
    public double sum(long fromStep, long toStep, int fromChannel, int toChannel) {
        double sum = 0;
        for (long step = Math.max(fromStep, beginStep); step < Math.min(toStep, endStep); step++) {
            for (int channel = fromChannel; channel < Math.min(toChannel, channels); channel++) {
                sum += rows[row(step) + channel];
            }
        }
        return sum;
    }

    /** The largest absolute value that is kept. */
    public float largest() {
        float largest = 0;
        for (long step = beginStep; step < endStep; step++) {
            for (int channel = 0; channel < channels; channel++) {
                largest = Math.max(largest, Math.abs(rows[row(step) + channel]));
            }
        }
        return largest;
    }

    /** Whether all values are counts, as spikes are. */
    public boolean isCounts() {
        for (long step = beginStep; step < endStep; step++) {
            for (int channel = 0; channel < channels; channel++) {
                float value = rows[row(step) + channel];
                if (value < 0 || value != Math.rint(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    private int row(long step) {
        return (int) (step % capacity) * channels;
    }
}
