package io.riffle.sim.nir.nodes;

import io.riffle.sim.Arguments;
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
 * NIR's Delay: each channel comes out floor(delay / dt + 1/2) steps later, zeros before. Input and output (B, T, N).
 * Arguments, with their defaults: {@code shape} N; {@code delay} 0 s, (N,) or (); {@code dt} 0.001 s. The state
 * {@code past} (K, N) holds the last K inputs, the oldest first, K being the longest delay. Records nothing.
 */
public final class Delay extends Module {
    private static final int MOST_STEPS = 1_000_000;

    private final Parameter delay;
    private final SimulationParameter<Double> dt;
    private final Derived<int[]> delays;
    private final State past;
    private final int longest;

    public Delay(Arguments given) {
        super(Shape.of(given.of("Delay").shape().sizeIn()));
        Arguments arguments = given.expect("Delay", "delay", "dt");
        delay = parameter(
                "delay",
                arguments.parameter("delay", Family.of("delays"), Init.zeros(), Shape.of(sizeOut()), Shape.SCALAR));
        dt = simulationParameter(
                "dt", SimulationParameter.of(arguments.number("dt", 1e-3)).fixed());
        int most = 0;
        for (int steps : inSteps()) {
            most = Math.max(most, steps);
        }
        longest = most;
        past = longest == 0 ? null : state("past", State.withShape(Shape.of(longest, sizeOut())));
        delays = derived(this::checkedDelays);
    }

    private int[] inSteps() {
        float[] seconds = delay.value().arrayWithoutCopy();
        int[] steps = new int[sizeOut()];
        for (int n = 0; n < steps.length; n++) {
            double exact = StrictMath.floor(seconds[n % seconds.length] / dt.value() + 0.5);
            if (!(exact >= 0 && exact <= MOST_STEPS)) {
                throw new RiffleException("%s: a delay is %s s, expected 0 to %d steps of %s s"
                        .formatted(where(), seconds[n % seconds.length], MOST_STEPS, dt.value()));
            }
            steps[n] = (int) exact;
        }
        return steps;
    }

    /** The state holds so many steps, and no more. */
    private int[] checkedDelays() {
        int[] steps = inSteps();
        for (int one : steps) {
            if (one > longest) {
                throw new RiffleException("%s: a delay was set to %d steps, expected at most %d, as it was made for"
                        .formatted(where(), one, longest));
            }
        }
        return steps;
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        if (past == null) {
            return input;
        }
        int[] steps = delays.get();
        int channels = sizeOut();
        int count = input.steps();
        float[] values = input.arrayWithoutCopy();
        float[] output = new float[values.length];
        float[] states = state.valuesWithoutCopy();
        for (int b = 0; b < input.batches(); b++) {
            int from = b * count * channels;
            int at = state.offset(past, b);
            for (int t = 0; t < count; t++) {
                for (int n = 0; n < channels; n++) {
                    int row = t - steps[n];
                    output[from + t * channels + n] =
                            row >= 0 ? values[from + row * channels + n] : states[at + (longest + row) * channels + n];
                }
            }
            int kept = Math.max(0, longest - count);
            System.arraycopy(states, at + (longest - kept) * channels, states, at, kept * channels);
            int taken = longest - kept;
            System.arraycopy(values, from + (count - taken) * channels, states, at + kept * channels, taken * channels);
        }
        return Tensor.wrap(output, input.shape());
    }
}
