package io.riffle.operators.raster;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Samples of one stream by time, those of one time in the order in which they came. Mutable. */
final class WaitingSamples {
    private static final long[] NO_TIMES = {};
    private static final float[] NO_VALUES = {};

    private final int channels;
    // Replaced, never written to, so that a copy may share them.
    private long[] times = NO_TIMES;
    private float[] values = NO_VALUES; // row-major [samples, channels]

    WaitingSamples(int channels) {
        this.channels = channels;
    }

    /** Takes over samples that are in order. */
    WaitingSamples(int channels, long[] times, float[] values) {
        this(channels);
        this.times = times;
        this.values = values;
    }

    /** The samples in the order of their times. */
    static WaitingSamples sorted(int channels, long[] times, float[] values) {
        if (isAscending(times)) {
            return new WaitingSamples(channels, times, values);
        }
        int[] order = IntStream.range(0, times.length)
                .boxed()
                .sorted(Comparator.comparingLong(row -> times[row])) // stable
                .mapToInt(Integer::intValue)
                .toArray();
        WaitingSamples sorted = new WaitingSamples(channels, new long[times.length], new float[values.length]);
        for (int row = 0; row < order.length; row++) {
            sorted.times[row] = times[order[row]];
            System.arraycopy(values, order[row] * channels, sorted.values, row * channels, channels);
        }
        return sorted;
    }

    private static boolean isAscending(long[] times) {
        for (int row = 1; row < times.length; row++) {
            if (times[row] < times[row - 1]) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return times.length;
    }

    long time(int row) {
        return times[row];
    }

    float value(int row, int channel) {
        return values[row * channels + channel];
    }

    void copyTo(float[] target, int row) {
        System.arraycopy(values, row * channels, target, 0, channels);
    }

    long[] times() {
        return times;
    }

    float[] values() {
        return values;
    }

    /** How many bytes so many samples take. */
    long bytes(long size) {
        return size * (Long.BYTES + (long) channels * Float.BYTES);
    }

    /** The first sample at or after a time. */
    int firstFrom(long time) {
        int low = 0;
        int high = times.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void set(WaitingSamples other) {
        times = other.times;
        values = other.values;
    }

    /** Those from one until another. */
    WaitingSamples part(int from, int until) {
        return new WaitingSamples(
                channels,
                Arrays.copyOfRange(times, from, until),
                Arrays.copyOfRange(values, from * channels, until * channels));
    }

    /** Sorts in samples that came later. */
    void add(WaitingSamples later) {
        if (times.length == 0) {
            set(later);
            return;
        }
        long[] allTimes = new long[times.length + later.times.length];
        float[] allValues = new float[allTimes.length * channels];
        int mine = 0;
        int other = 0;
        for (int row = 0; row < allTimes.length; row++) {
            boolean isMine = other == later.times.length || mine < times.length && times[mine] <= later.times[other];
            WaitingSamples source = isMine ? this : later;
            int from = isMine ? mine++ : other++;
            allTimes[row] = source.times[from];
            System.arraycopy(source.values, from * channels, allValues, row * channels, channels);
        }
        times = allTimes;
        values = allValues;
    }

    /** Takes the first ones away. */
    void removeFirst(int count) {
        if (count > 0) {
            set(part(count, times.length));
        }
    }
}
