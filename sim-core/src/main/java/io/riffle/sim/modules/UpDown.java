package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Constant;
import io.riffle.sim.Derived;
import io.riffle.sim.Family;
import io.riffle.sim.Init;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Parameter;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.State;
import io.riffle.sim.Tensor;

/**
 * Delta modulation: turns real-valued signals into events, one channel up and one down for each. A reference level per
 * signal follows it in steps of a threshold, and each step is an event. In every time-step, d = x - reference:
 *
 * <pre>
 * up   = max(0, floor( d / thr_up))       down = max(0, floor(-d / thr_down))
 * reference = (reference + up thr_up) - down thr_down
 * </pre>
 *
 * <p>With {@code n_ref_steps} R above 0 at most one event is given, after which the channel is silent for R steps in
 * which the reference is the signal itself; then the reference moves in no other way. The reference is a state; in a
 * fresh stream it starts at the first value, so step 0 gives no event.
 *
 * <p>Input (B, T, N), output (B, T, 2 N): channel 2 k counts the ups of signal k, 2 k + 1 its downs, each times
 * {@code repeat_output}. Arguments, with their defaults: {@code shape} N; {@code thr_up}, {@code thr_down} (1, N), (N,)
 * or a number: 0.001; {@code n_ref_steps}: 0; {@code repeat_output}: 1; {@code dt} is accepted and without effect.
 * Records {@code analog_value}, the reference before each step.
 */
public final class UpDown extends Module {
    private final Parameter upThreshold;
    private final Parameter downThreshold;
    private final State reference;
    private final State refractory;
    private final State started;
    private final Derived<float[]> ups;
    private final Derived<float[]> downs;
    private final Derived<Float> repeat;
    private final Derived<Float> silence;

    public UpDown(int signals) {
        this(Arguments.shape(signals));
    }

    public UpDown(Arguments given) {
        super(shapeOf(given.of("UpDown")), false, true);
        Arguments arguments = given.expect("UpDown", "thr_up", "thr_down", "n_ref_steps", "repeat_output", "dt");
        Shape row = Shape.of(1, sizeIn());
        upThreshold = parameter("thr_up", threshold(arguments, "thr_up", row));
        downThreshold = parameter("thr_down", threshold(arguments, "thr_down", row));
        SimulationParameter<Long> repeatOutput = simulationParameter(
                "repeat_output", SimulationParameter.of((long) arguments.wholeNumber("repeat_output", 1)));
        SimulationParameter<Long> refractorySteps = simulationParameter(
                "n_ref_steps", SimulationParameter.of((long) arguments.wholeNumber("n_ref_steps", 0)));
        reference = state("analog_value", State.withShape(Shape.of(sizeIn())));
        refractory = state("refractory", State.withShape(Shape.of(sizeIn())));
        started = state("started", State.withShape(Shape.of(1)));
        ups = derived(() -> positive("thr_up", upThreshold));
        downs = derived(() -> positive("thr_down", downThreshold));
        repeat = derived(() -> (float) Attributes.notNegative(this, "repeat_output", repeatOutput.value()));
        silence = derived(() -> (float) Attributes.notNegative(this, "n_ref_steps", refractorySteps.value()));
        repeat.get();
        silence.get();
        ups.get(); // so that values that cannot be computed with are an error now, not at the first step
        downs.get();
    }

    private static Shape shapeOf(Arguments arguments) {
        Shape shape = arguments.shape();
        if (shape.rank() == 1) {
            return Shape.of(shape.sizeIn(), 2 * shape.sizeIn());
        }
        if (shape.rank() == 2 && shape.sizeOut() == 2 * shape.sizeIn()) {
            return shape;
        }
        throw new RiffleException("UpDown: the shape is %s, expected (N,) or (N, 2 N)".formatted(shape));
    }

    private static Parameter threshold(Arguments arguments, String name, Shape row) {
        if (arguments.has(name) && arguments.tensor(name).shape().count() == 1) {
            float[] each = Attributes.spread(arguments.tensor(name), row.count());
            Parameter declared = Parameter.of(Tensor.wrap(each, row)).family(Family.THRESHOLDS);
            return arguments.get(name) instanceof Constant ? declared.constant() : declared;
        }
        return arguments.parameter(name, Family.THRESHOLDS, Init.constant(1e-3), row);
    }

    private float[] positive(String name, Parameter threshold) {
        float[] values = threshold.value().toArray();
        for (float value : values) {
            Attributes.positive(this, name, value);
        }
        return values;
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        int batches = input.batches();
        int steps = input.steps();
        int signals = sizeIn();
        float[] output = new float[batches * steps * sizeOut()];
        float[] trace = recorder.wants("analog_value") ? new float[batches * steps * signals] : null;
        for (int b = 0; b < batches; b++) {
            for (int t = 0; t < steps; t++) {
                int row = (b * steps + t) * signals;
                start(input.arrayWithoutCopy(), row, state, b);
                if (trace != null) {
                    System.arraycopy(state.valuesWithoutCopy(), state.offset(reference, b), trace, row, signals);
                }
                step(input.arrayWithoutCopy(), row, state, b, output);
            }
        }
        Attributes.record(recorder, "analog_value", trace, batches, steps, signals);
        return Tensor.wrap(output, batches, steps, sizeOut());
    }

    private void start(float[] input, int row, ModuleState state, int b) {
        float[] values = state.valuesWithoutCopy();
        if (values[state.offset(started, b)] == 0) {
            values[state.offset(started, b)] = 1;
            System.arraycopy(input, row, values, state.offset(reference, b), sizeIn());
        }
    }

    private void step(float[] input, int row, ModuleState state, int b, float[] output) {
        float[] values = state.valuesWithoutCopy();
        int level = state.offset(reference, b);
        int left = state.offset(refractory, b);
        float[] upSteps = ups.get();
        float[] downSteps = downs.get();
        float silentSteps = silence.get();
        float times = repeat.get();
        for (int n = 0; n < sizeIn(); n++) {
            float x = input[row + n];
            float difference = x - values[level + n];
            float up = Math.max(0f, (float) Math.floor(difference / upSteps[n]));
            float down = Math.max(0f, (float) Math.floor(-difference / downSteps[n]));
            if (silentSteps == 0) {
                values[level + n] = values[level + n] + up * upSteps[n] - down * downSteps[n];
            } else {
                boolean silent = values[left + n] > 0;
                up = silent ? 0 : Math.min(up, 1);
                down = silent ? 0 : Math.min(down, 1);
                if (up + down > 0) {
                    values[left + n] = silentSteps;
                }
                if (values[left + n] > 0) {
                    values[level + n] = x;
                    values[left + n] -= 1;
                }
            }
            output[2 * (row + n)] = up * times;
            output[2 * (row + n) + 1] = down * times;
        }
    }
}
