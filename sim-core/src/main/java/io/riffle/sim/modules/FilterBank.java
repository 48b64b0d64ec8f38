package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.State;
import io.riffle.sim.Tensor;
import io.riffle.sim.kernels.Butterworth;
import io.riffle.sim.kernels.SecondOrderSections;

/**
 * A bank of Butterworth band passes over one signal: band pass, and with {@code use_lowpass} the absolute value and a low
 * pass, of the same order. The two banks differ in where their bands are.
 *
 * <p>The states of the filters carry over from chunk to chunk: {@code bandpass} and {@code lowpass}, (N, sections, 2, 2),
 * as {@link SecondOrderSections} keeps them.
 */
abstract sealed class FilterBank extends Module permits ButterFilter, ButterMelFilter {
    private final boolean rectifies;
    private final boolean normalises;
    private final boolean subtractsMean;
    private final SecondOrderSections[] bandPasses;
    private final SecondOrderSections lowPass;
    private final State bandState;
    private final State lowState;

    /**
     * The bands.
     *
     * @param low edges, in Hz, (N)
     * @param high edges, in Hz, (N)
     * @param cutoff of the low pass, in Hz
     */
    record Bands(double samplingFrequency, double[] low, double[] high, double cutoff) {}

    FilterBank(Arguments arguments, Bands bands) {
        super(Shape.of(1, bands.low.length));
        int order = arguments.wholeNumber("order", 2);
        if (order < 1) {
            throw new RiffleException("%s: order is %d, expected at least 1".formatted(where(), order));
        }
        rectifies = arguments.flag("use_lowpass", true);
        normalises = arguments.flag("normalize", false);
        subtractsMean = arguments.flag("mean_subtraction", false);
        double fs = bands.samplingFrequency;
        // Fixed, because the filters, and their states with them, are made from these.
        simulationParameter("fs", SimulationParameter.of(fs).fixed());
        simulationParameter("cutoff_fs", SimulationParameter.of(bands.cutoff).fixed());
        simulationParameter("order", SimulationParameter.of((long) order).fixed());
        simulationParameter(
                "mean_subtraction", SimulationParameter.of(subtractsMean).fixed());
        simulationParameter("normalize", SimulationParameter.of(normalises).fixed());
        simulationParameter("use_lowpass", SimulationParameter.of(rectifies).fixed());
        // The time-step of the streams that it fits.
        simulationParameter("dt", SimulationParameter.of(1 / fs).fixed());

        bandPasses = new SecondOrderSections[sizeOut()];
        for (int n = 0; n < bandPasses.length; n++) {
            refuseOutside("band of channel " + n, bands.low[n], bands.high[n], fs);
            bandPasses[n] = Butterworth.bandPass(order, bands.low[n] / fs, bands.high[n] / fs);
        }
        refuseOutside("low pass", bands.cutoff, bands.cutoff, fs);
        lowPass = Butterworth.lowPass(order, bands.cutoff / fs);
        bandState = state("bandpass", State.withShape(Shape.of(sizeOut(), bandPasses[0].count(), 2, 2)));
        lowState = rectifies ? state("lowpass", State.withShape(Shape.of(sizeOut(), lowPass.count(), 2, 2))) : null;
        if (normalises || subtractsMean) {
            needsWholeRecordings("%s over a whole recording needs the future, which a stream does not have yet"
                    .formatted(normalises ? "normalize" : "mean_subtraction"));
        }
    }

    private void refuseOutside(String what, double low, double high, double fs) {
        if (!(low > 0 && high < fs / 2)) {
            throw new RiffleException("%s: the %s is from %s to %s Hz, expected above 0 and below fs / 2, %s Hz"
                    .formatted(where(), what, low, high, fs / 2));
        }
    }

    @Override
    public final Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        int steps = input.steps();
        int bands = sizeOut();
        float[] values = state.valuesWithoutCopy();
        float[] output = new float[input.batches() * steps * bands];
        for (int b = 0; b < input.batches(); b++) {
            double[] filtered = new double[steps * bands];
            for (int n = 0; n < bands; n++) {
                double[] signal = new double[steps];
                for (int t = 0; t < steps; t++) {
                    signal[t] = input.arrayWithoutCopy()[b * steps + t];
                }
                bandPasses[n].filter(signal, values, state.offset(bandState, b) + n * 4 * bandPasses[n].count());
                if (rectifies) {
                    for (int t = 0; t < steps; t++) {
                        signal[t] = Math.abs(signal[t]);
                    }
                    lowPass.filter(signal, values, state.offset(lowState, b) + n * 4 * lowPass.count());
                }
                for (int t = 0; t < steps; t++) {
                    filtered[t * bands + n] = signal[t];
                }
            }
            overTheWhole(filtered);
            for (int i = 0; i < filtered.length; i++) {
                output[b * filtered.length + i] = (float) filtered[i];
            }
        }
        return Tensor.wrap(output, input.batches(), steps, bands);
    }

    /** Over all steps and channels of one recording; of a silent one there is nothing to divide by. */
    private void overTheWhole(double[] recording) {
        double largest = 0;
        for (double value : recording) {
            largest = Math.max(largest, Math.abs(value));
        }
        if (normalises && largest > 0) {
            for (int i = 0; i < recording.length; i++) {
                recording[i] /= largest;
            }
        }
        if (subtractsMean) {
            double sum = 0;
            for (double value : recording) {
                sum += value;
            }
            double mean = sum / recording.length;
            for (int i = 0; i < recording.length; i++) {
                recording[i] -= mean;
            }
        }
    }
}
