package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Derived;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.State;
import io.riffle.sim.Tensor;

/**
 * Keeps for each channel which way it went last: 1 from a value above the threshold on, 0 from one below minus the
 * threshold on, as before in between and at the thresholds themselves. Starts at 0.
 *
 * <p>Input and output (B, T, N), the output 0 or 1. Arguments, with their defaults: {@code shape} N or (N, N);
 * {@code threshold} (N,) or (): 1e-10, at least 0. Records {@code bool_state}, which is the output.
 */
public final class BooleanState extends Module {
    private static final double USUAL_THRESHOLD = 1e-10;

    private final SimulationParameter<Tensor> threshold;
    private final State now;
    private final Derived<float[]> thresholds;

    public BooleanState(int channels) {
        this(Arguments.shape(channels));
    }

    public BooleanState(Arguments given) {
        super(Attributes.sameInAndOut("BooleanState", given));
        Arguments arguments = given.expect("BooleanState", "threshold");
        threshold = simulationParameter(
                "threshold",
                SimulationParameter.of(
                        arguments.has("threshold") ? arguments.tensor("threshold") : Tensor.scalar(USUAL_THRESHOLD)));
        now = state("bool_state", State.withShape(Shape.of(sizeOut())));
        thresholds = derived(this::newThresholds);
        thresholds.get(); // so that values that cannot be computed with are an error now, not at the first step
    }

    private float[] newThresholds() {
        Shape given = threshold.value().shape();
        if (!given.equals(Shape.SCALAR) && !given.equals(Shape.of(sizeOut()))) {
            throw new RiffleException(
                    "%s: threshold has the shape %s, expected %s or ()".formatted(where(), given, Shape.of(sizeOut())));
        }
        float[] values = Attributes.spread(threshold.value(), sizeOut());
        for (float value : values) {
            Attributes.notNegative(this, "threshold", value);
        }
        return values;
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        int steps = input.steps();
        int channels = sizeOut();
        float[] limits = thresholds.get();
        float[] output = input.toArray();
        for (int b = 0; b < input.batches(); b++) {
            float[] last = state.read(now, b);
            for (int row = b * steps * channels; row < (b + 1) * steps * channels; row += channels) {
                for (int n = 0; n < channels; n++) {
                    float x = output[row + n];
                    if (x > limits[n]) {
                        last[n] = 1;
                    } else if (x < -limits[n]) {
                        last[n] = 0;
                    }
                    output[row + n] = last[n];
                }
            }
            state.write(now, b, last);
        }
        return recorder.record("bool_state", Tensor.wrap(output, input.shape()));
    }
}
