package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;

/**
 * A bank of Butterworth band passes at equal distances on the scale of mel, {@code mel(f) = 2595 log10(1 + f / 700)}. With
 * w = filter_width / N, channel n passes f to f (1 + w), f going from {@code cutoff_fs} to {@code fs / 2 / (1 + w) - 1} Hz;
 * then, with {@code use_lowpass}, comes the absolute value and a low pass at {@code cutoff_fs}. The filters are of
 * {@code order}, a band pass having twice as many poles.
 *
 * <p>Input (B, T, 1), output (B, T, N). Arguments, with their defaults: {@code shape} N or (1, N); {@code fs}, the sampling
 * frequency, in Hz; {@code cutoff_fs}: 100 Hz; {@code filter_width}: 2; {@code order}: 2; {@code use_lowpass}: true;
 * {@code normalize}, {@code mean_subtraction}: false, as in {@link ButterFilter}, and refused on a stream;
 * {@code num_workers} is accepted and without effect. Records nothing.
 */
public final class ButterMelFilter extends FilterBank {
    private final double width;

    public ButterMelFilter(Arguments given) {
        this(
                given.expect(
                        "ButterMelFilter",
                        "fs",
                        "cutoff_fs",
                        "filter_width",
                        "order",
                        "use_lowpass",
                        "normalize",
                        "mean_subtraction",
                        "num_workers"),
                given.of("ButterMelFilter").number("filter_width", 2));
    }

    private ButterMelFilter(Arguments arguments, double width) {
        super(arguments, bands(arguments, width));
        this.width = width;
    }

    @Override
    public Arguments toArguments() {
        return super.toArguments().without("dt").with("filter_width", width);
    }

    private static Bands bands(Arguments arguments, double width) {
        Shape shape = arguments.shape();
        if (shape.rank() == 0 || shape.rank() > 2 || (shape.rank() == 2 && shape.sizeIn() != 1)) {
            throw new RiffleException("ButterMelFilter: the shape is %s, expected (N,) or (1, N)".formatted(shape));
        }
        if (!(width > 0)) {
            throw new RiffleException("ButterMelFilter: filter_width is %s, expected above 0".formatted(width));
        }
        arguments.get("fs");
        double fs = arguments.number("fs", 0);
        double cutoff = arguments.number("cutoff_fs", 100);
        double ratio = 1 + width / shape.sizeOut();
        double last = fs / 2 / ratio - 1;
        if (!(cutoff > 0 && cutoff < fs / 2)) {
            throw new RiffleException("ButterMelFilter: cutoff_fs is %s Hz, expected above 0 and below fs / 2, %s Hz"
                    .formatted(cutoff, fs / 2));
        }
        double[] low = new double[shape.sizeOut()];
        double[] high = new double[shape.sizeOut()];
        double distance = low.length == 1 ? 0 : (mel(last) - mel(cutoff)) / (low.length - 1);
        for (int n = 0; n < low.length; n++) {
            low[n] = frequency(mel(cutoff) + n * distance);
            high[n] = low[n] * ratio;
        }
        return new Bands(fs, low, high, cutoff);
    }

    private static double mel(double frequency) {
        return 2595 * StrictMath.log10(1 + frequency / 700);
    }

    private static double frequency(double mel) {
        return 700 * (StrictMath.pow(10, mel / 2595) - 1);
    }
}
