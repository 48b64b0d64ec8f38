package io.riffle.sim.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.Arguments;
import io.riffle.sim.Constant;
import io.riffle.sim.Module;
import io.riffle.sim.Recorder;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LIFTest {
    /** Decays of one half, so that every number below is exact and can be followed by hand. */
    private static final Arguments HALF = Arguments.shape(1).with("leak_mode", "decays");

    private static float[] evolve(Module neuron, double... input) {
        return neuron.evolve(Tensor.of(input).reshape(input.length / neuron.sizeIn(), neuron.sizeIn()))
                .output()
                .toArray();
    }

    @Test
    void theInputIsDecayedInTheStepItArrives() {
        Module neuron = new LIF(HALF.with("threshold", 100));
        Tree record = neuron.evolve(Tensor.of(8.0, 0.0, 0.0), Recorder.all()).record();
        assertThat(record.tensor("isyn").toArray()).containsExactly(4, 2, 1);
        assertThat(record.tensor("vmem").toArray()).containsExactly(4, 4, 3);
        assertThat(record.tensor("irec").toArray()).containsExactly(0, 0, 0);
    }

    @Test
    void firesAtTheThresholdItself() {
        assertThat(evolve(new LIF(HALF.with("threshold", 4)), 8)).containsExactly(1);
        assertThat(evolve(new LIF(HALF.with("threshold", 4)), 7.999)).containsExactly(0);
    }

    @Test
    void firesSeveralTimesInOneStepAndKeepsTheRest() {
        Module neuron = new LIF(HALF.with("threshold", 3));
        assertThat(evolve(neuron, 16)).containsExactly(2);
        assertThat(neuron.state().tensor("vmem").toArray()).containsExactly(2);
    }

    @Test
    void firesNoMoreThanPermittedAndKeepsTheRest() {
        Module neuron = new LIF(HALF.with("threshold", 1).with("max_spikes_per_dt", 3));
        assertThat(evolve(neuron, 16)).containsExactly(3);
        assertThat(neuron.state().tensor("vmem").toArray()).containsExactly(5);
    }

    @Test
    void neverFiresBelowZero() {
        Module neuron = new LIF(HALF);
        assertThat(evolve(neuron, -16)).containsExactly(0);
        assertThat(neuron.state().tensor("vmem").toArray()).containsExactly(-8);
    }

    @Test
    void theBiasIsAddedInEveryStep() {
        Module neuron = new LIF(HALF.with("bias", 0.25));
        evolve(neuron, 0, 0);
        assertThat(neuron.state().tensor("vmem").toArray()).containsExactly(0.375f);
    }

    @Test
    void consecutiveChannelsAreTheSynapsesOfOneNeuron() {
        Module neurons =
                new LIF(Arguments.shape(4, 2).with("leak_mode", "decays").with("threshold", 100));
        Tree record = neurons.evolve(Tensor.of(2.0, 4.0, 8.0, 16.0).reshape(1, 4), Recorder.all())
                .record();
        assertThat(record.tensor("isyn").shape()).isEqualTo(Shape.of(1, 1, 2, 2));
        assertThat(record.tensor("isyn").toArray()).containsExactly(1, 2, 4, 8);
        assertThat(record.tensor("vmem").toArray()).containsExactly(3, 12);
    }

    @Test
    void spikesComeBackThroughTheRecurrentWeightsInTheNextStep() {
        Module neurons = new LIF(Arguments.shape(2)
                .with("leak_mode", "decays")
                .with("threshold", new double[] {1, 100})
                .with("has_rec", true)
                .with("w_rec", new double[][] {{0, 6}, {0, 0}}));
        Tree record = neurons.evolve(Tensor.of(4.0, 0.0, 0.0, 0.0).reshape(2, 2), Recorder.all())
                .record();
        assertThat(record.tensor("spikes").toArray()).containsExactly(2, 0, 1, 0);
        assertThat(record.tensor("irec").toArray()).containsExactly(0, 0, 0, 12);
        assertThat(record.tensor("isyn").toArray()).containsExactly(2, 0, 1, 6);
    }

    @Test
    void decaysFollowFromTimeConstantsOrFromShifts() {
        Module shifts = new LIF(Arguments.shape(1)
                .with("leak_mode", "bitshifts")
                .with("dash_mem", 2)
                .with("dash_syn", 1)
                .with("threshold", 100));
        evolve(shifts, 8, 0);
        assertThat(shifts.state().tensor("vmem").toArray()).containsExactly(5);
        Module taus = new LIF(
                Arguments.shape(1).with("tau_syn", 0.003).with("dt", 0.001).with("threshold", 100));
        evolve(taus, 1);
        assertThat(taus.state().tensor("isyn").toArray())
                .containsExactly((float) StrictMath.exp(-(double) 0.001f / 0.003f));
    }

    @Test
    void parametersAreListedByTheirMode() {
        assertThat(new LIF(HALF).parameters().names()).containsExactly("alpha", "beta", "bias", "threshold");
        assertThat(new LIF(HALF).simulationParameters().get("leak_mode")).isEqualTo("decays");
        assertThat(new LIF(1).simulationParameters().has("leak_mode")).isFalse();
        assertThat(new LIF(Arguments.shape(1).with("has_rec", true))
                        .parameters()
                        .names())
                .first()
                .isEqualTo("w_rec");
    }

    record Wrong(Arguments arguments, String message) {}

    static List<Wrong> wrong() {
        Arguments four = Arguments.shape(4);
        return List.of(
                new Wrong(Arguments.none(), "LIF: argument 'shape' is missing"),
                new Wrong(
                        Arguments.shape(5, 2),
                        "LIF: the shape is (5, 2), expected (N,) or (Nin, N) with Nin a multiple of N"),
                new Wrong(
                        Arguments.shape(4, 2, 2),
                        "LIF: the shape is (4, 2, 2), expected (N,) or (Nin, N) with Nin a multiple of N"),
                new Wrong(Arguments.shape(0), "LIF: the shape is (0, 0), expected sizes of at least 1"),
                new Wrong(Arguments.none().with("shape", 2.5), "LIF: argument 'shape' is 2.5, expected a whole number"),
                new Wrong(
                        Arguments.none().with("shape", "big"),
                        "LIF: argument 'shape': 'big' is no number and no array of numbers"),
                new Wrong(four.with("tau_men", 1), "LIF has no argument 'tau_men', did you mean 'tau_mem'?"),
                new Wrong(four.with("tau_mem", new float[3]), "LIF: tau_mem has the shape (3,), expected (4,) or ()"),
                new Wrong(
                        four.with("tau_syn", new float[3]),
                        "LIF: tau_syn has the shape (3,), expected (4, 1) or (1, 1) or ()"),
                new Wrong(four.with("tau_mem", -1), "LIF: tau_mem is -1.0, expected 0 or above"),
                new Wrong(four.with("threshold", 0), "LIF: threshold is 0.0, expected above 0"),
                new Wrong(
                        four.with("bias", "none"), "LIF: argument 'bias': 'none' is no number and no array of numbers"),
                new Wrong(
                        four.with("bias", List.of(List.of(1, 2), List.of(3))),
                        "LIF: argument 'bias': row 1 has the shape (1,), expected (2,) like row 0"),
                new Wrong(four.with("dt", 0), "LIF: dt is 0.0, expected above 0"),
                new Wrong(four.with("dt", new float[2]), "LIF: argument 'dt' has the shape (2,), expected one number"),
                new Wrong(four.with("noise_std", -1), "LIF: noise_std is -1.0, expected 0 or above"),
                new Wrong(four.with("max_spikes_per_dt", 0), "LIF: max_spikes_per_dt is 0.0, expected above 0"),
                new Wrong(four.with("has_rec", 1), "LIF: argument 'has_rec' is 1, expected true or false"),
                new Wrong(
                        four.with("w_rec", new float[4][4]),
                        "LIF: w_rec is given but has_rec is false, expected has_rec: true"),
                new Wrong(
                        four.with("has_rec", true).with("w_rec", new double[4][3]),
                        "LIF: w_rec has the shape (4, 3), expected (4, 4)"),
                new Wrong(four.with("leak_mode", "tau"), "LIF: leak_mode is 'tau', did you mean 'taus'?"),
                new Wrong(four.with("leak_mode", 3), "LIF: argument 'leak_mode' is 3, expected a text"),
                new Wrong(four.with("alpha", 0.5), "LIF: alpha is given, but with leak_mode 'taus' expected tau_mem"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongArgumentIsNamedWithItsModule(Wrong wrong) {
        assertThatThrownBy(() -> new LIF(wrong.arguments)).hasMessage(wrong.message);
    }

    @Test
    void constantsMayHaveAnyPermittedShape() {
        assertThat(new LIF(Arguments.shape(2).with("tau_syn", Constant.of(new float[] {1, 2})))
                        .simulationParameters()
                        .tensor("tau_syn")
                        .shape())
                .isEqualTo(Shape.of(2, 1));
    }
}
