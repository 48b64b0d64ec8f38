package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.Tensor;

/**
 * A bank of Butterworth band passes at given frequencies. Channel n passes {@code frequency[n] - bandwidth[n] / 2} to
 * {@code frequency[n] + bandwidth[n] / 2}; then, with {@code use_lowpass}, comes the absolute value and a low pass at the
 * lower edge of the band of the lowest frequency. The filters are of {@code order}, a band pass having twice as many poles.
 *
 * <p>Input (B, T, 1), output (B, T, N). Arguments, with their defaults: {@code frequency} (N,), {@code bandwidth} (N,) or
 * (), {@code fs}, the sampling frequency, all in Hz; {@code order}: 2; {@code use_lowpass}: true; {@code normalize},
 * {@code mean_subtraction}: false; {@code num_workers} is accepted and without effect. Records nothing.
 *
 * <p>{@code normalize} divides by the largest absolute value of all steps and channels, {@code mean_subtraction} then
 * subtracts their mean. Both need the whole recording, so they are for {@link #evolve(Tensor)} and refused on a stream.
 */
public final class ButterFilter extends FilterBank {
    public ButterFilter(Arguments given) {
        this(
                given.expect(
                        "ButterFilter",
                        "frequency",
                        "bandwidth",
                        "fs",
                        "order",
                        "use_lowpass",
                        "normalize",
                        "mean_subtraction",
                        "num_workers"),
                given.of("ButterFilter").tensor("frequency"));
    }

    private ButterFilter(Arguments arguments, Tensor frequency) {
        super(arguments, bands(arguments, frequency));
        if (arguments.has("shape") && !arguments.shape().equals(shape())) {
            throw new RiffleException("ButterFilter: the shape is %s, expected %s as frequency says"
                    .formatted(arguments.shape(), shape()));
        }
        Shape each = Shape.of(sizeOut());
        simulationParameter(
                "frequency",
                SimulationParameter.of(Tensor.wrap(frequency.toArray(), each)).fixed());
        simulationParameter(
                "bandwidth",
                SimulationParameter.of(Tensor.wrap(Attributes.spread(arguments.tensor("bandwidth"), sizeOut()), each))
                        .fixed());
    }

    @Override
    public Arguments toArguments() {
        return super.toArguments().without("dt").without("cutoff_fs");
    }

    private static Bands bands(Arguments arguments, Tensor frequency) {
        Tensor bandwidth = arguments.tensor("bandwidth");
        int count = frequency.shape().count();
        if (frequency.shape().rank() > 1 || count == 0) {
            throw new RiffleException(
                    "ButterFilter: frequency has the shape %s, expected (N,)".formatted(frequency.shape()));
        }
        if (bandwidth.shape().count() != 1 && !bandwidth.shape().equals(Shape.of(count))) {
            throw new RiffleException("ButterFilter: bandwidth has the shape %s, expected (%d,) or ()"
                    .formatted(bandwidth.shape(), count));
        }
        arguments.get("fs");
        float[] centres = frequency.arrayWithoutCopy();
        float[] widths = Attributes.spread(bandwidth, count);
        double[] low = new double[count];
        double[] high = new double[count];
        int lowest = 0;
        for (int n = 0; n < count; n++) {
            if (!(widths[n] > 0)) {
                throw new RiffleException("ButterFilter: bandwidth is %s Hz, expected above 0".formatted(widths[n]));
            }
            low[n] = centres[n] - (double) widths[n] / 2;
            high[n] = centres[n] + (double) widths[n] / 2;
            lowest = centres[n] < centres[lowest] ? n : lowest;
        }
        return new Bands(arguments.number("fs", 0), low, high, low[lowest]);
    }
}
