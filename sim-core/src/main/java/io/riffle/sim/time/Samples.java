package io.riffle.sim.time;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import java.util.Arrays;
import java.util.List;

/** The samples of a continuous series, a row of values at each instant, and what is between them. Immutable. */
final class Samples {
    private final Instants instants;
    private final float[] values;
    private final int channels;
    private final Interpolation interpolation;

    private Samples(Instants instants, float[] values, int channels, Interpolation interpolation) {
        this.instants = instants;
        this.values = values;
        this.channels = channels;
        this.interpolation = interpolation;
    }

    /** Takes the values over, row-major. They must be numbers at ascending times, of which at most two are equal. */
    static Samples checked(Instants instants, float[] values, List<String> channels, Interpolation interpolation) {
        requireNonNull(interpolation, "interpolation is null");
        for (int i = 0; i < instants.size(); i++) {
            double time = instants.time(i);
            if (!Double.isFinite(time)) {
                throw new RiffleException(
                        "sample %d is at %s, expected a finite time".formatted(i, Clock.seconds(time)));
            }
            if (i > 0 && time < instants.time(i - 1)) {
                throw new RiffleException("sample %d is at %s, earlier than the one before it, at %s"
                        .formatted(i, Clock.seconds(time), Clock.seconds(instants.time(i - 1))));
            }
            if (i > 1 && time == instants.time(i - 2)) {
                throw new RiffleException("samples %d to %d are all at %s, expected at most two at the same time"
                        .formatted(i - 2, i, Clock.seconds(time)));
            }
            for (int channel = 0; channel < channels.size(); channel++) {
                float value = values[i * channels.size() + channel];
                if (!Float.isFinite(value)) {
                    throw new RiffleException("the value of channel '%s' at %s is %s, expected a finite number"
                            .formatted(channels.get(channel), Clock.seconds(time), value));
                }
            }
        }
        return new Samples(instants, values, channels.size(), interpolation);
    }

    Instants instants() {
        return instants;
    }

    Interpolation interpolation() {
        return interpolation;
    }

    int size() {
        return instants.size();
    }

    /** The index of the sample at this time or before it; of the first one, if all are later. */
    int index(double time) {
        return Math.max(0, instants.lastReached(time));
    }

    boolean isAt(int index, double time) {
        return index < size() && Clock.same(instants.time(index), time);
    }

    /** The rows from one index to another: (T, N). */
    Tensor rows(int from, int to) {
        return Tensor.wrap(Arrays.copyOfRange(values, from * channels, to * channels), to - from, channels);
    }

    /** Writes the values at a time that has reached the sample at this index, and not the next. */
    void write(int index, double time, float[] into, int at) {
        if (size() == 0) {
            throw new RiffleException("the series of 0 s at %s holds no value".formatted(Clock.seconds(time)));
        }
        double left = instants.time(index);
        boolean sampled = time <= left || Clock.same(left, time);
        if (sampled || interpolation == Interpolation.PREVIOUS || index + 1 == size()) {
            System.arraycopy(values, index * channels, into, at, channels);
            return;
        }
        double weight = (time - left) / (instants.time(index + 1) - left);
        for (int channel = 0; channel < channels; channel++) {
            double from = values[index * channels + channel];
            double to = values[(index + 1) * channels + channel];
            into[at + channel] = (float) (from + (to - from) * weight);
        }
    }

    float[] at(double time) {
        float[] row = new float[channels];
        write(index(time), time, row, 0);
        return row;
    }

    /** One sample: the value at a time that has reached the sample at this index, and not the next. */
    Samples single(int index, double time) {
        float[] row = new float[channels];
        write(index, time, row, 0);
        Instants one = instants.clock()
                .filter(clock -> clock.stepAt(time).isPresent())
                .map(clock -> Instants.onClock(clock, clock.floor(time), 1))
                .orElse(Instants.free(new double[] {time}));
        return new Samples(one, row, channels, interpolation);
    }

    boolean same(int index, Samples other, int otherIndex) {
        return Clock.same(instants.time(index), other.instants.time(otherIndex))
                && Arrays.equals(
                        values,
                        index * channels,
                        (index + 1) * channels,
                        other.values,
                        otherIndex * channels,
                        (otherIndex + 1) * channels);
    }

    Samples slice(int from, int to) {
        float[] sliced = Arrays.copyOfRange(values, from * channels, to * channels);
        return new Samples(instants.slice(from, to), sliced, channels, interpolation);
    }

    Samples delayed(double seconds) {
        return new Samples(instants.delayed(seconds), values, channels, interpolation);
    }

    Samples with(Interpolation other) {
        return new Samples(instants, values, channels, requireNonNull(other, "interpolation is null"));
    }

    Samples select(int... picked) {
        float[] selected = new float[size() * picked.length];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = values[i / picked.length * channels + picked[i % picked.length]];
        }
        return new Samples(instants, selected, picked.length, interpolation);
    }

    /** The channels of these and then of others, which are at the same instants. */
    Samples beside(Samples other) {
        int all = channels + other.channels;
        float[] merged = new float[size() * all];
        for (int i = 0; i < size(); i++) {
            System.arraycopy(values, i * channels, merged, i * all, channels);
            System.arraycopy(other.values, i * other.channels, merged, i * all + channels, other.channels);
        }
        return new Samples(instants, merged, all, interpolation);
    }

    static Samples join(List<Samples> parts) {
        float[] values =
                new float[parts.stream().mapToInt(part -> part.values.length).sum()];
        int at = 0;
        for (Samples part : parts) {
            System.arraycopy(part.values, 0, values, at, part.values.length);
            at += part.values.length;
        }
        Instants instants = Instants.join(parts.stream().map(Samples::instants).toList());
        return new Samples(instants, values, parts.get(0).channels, parts.get(0).interpolation);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Samples samples
                && interpolation == samples.interpolation
                && channels == samples.channels
                && instants.equals(samples.instants)
                && Arrays.equals(values, samples.values);
    }

    @Override
    public int hashCode() {
        return 31 * instants.hashCode() + Arrays.hashCode(values);
    }
}
