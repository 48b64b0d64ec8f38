package io.riffle.sim.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.riffle.sim.Arguments;
import io.riffle.sim.Constant;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.Tree;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Numbers that can be followed by hand, and the texts of errors. */
class ModelsTest {
    private static final Arguments ONE = Arguments.shape(1);

    private static float[] evolve(Module module, double... input) {
        return module.evolve(Tensor.of(input).reshape(input.length / module.sizeIn(), module.sizeIn()))
                .output()
                .toArray();
    }

    private static Tree record(Module module, double... input) {
        return module.evolve(Tensor.of(input).reshape(input.length / module.sizeIn(), module.sizeIn()), Recorder.all())
                .record();
    }

    /** The output of one stream of this name, from a step on. */
    private static float[] stream(Module module, String name, long firstStep, Tensor input) {
        float[] values = module.newState(1).valuesWithoutCopy();
        return module.advance(input, ModuleState.of(module, "", values, 1, name, firstStep), Recorder.NONE)
                .toArray();
    }

    @Nested
    class OfALIF {
        private final Arguments half = ONE.with("leak_mode", "decays").with("w_ahp", -8);

        @Test
        void aSpikePullsItsOwnMembraneDownFromTheNextStepOn() {
            // exp(-0.001 / 1e9) rounds to 1: the current stays.
            Module neuron = new aLIF(half.with("tau_ahp", 1e9).with("threshold", 4));
            Tree record = record(neuron, 8, 0, 0);
            assertThat(record.tensor("spikes").toArray()).containsExactly(1, 0, 0);
            assertThat(record.tensor("iahp").toArray()).containsExactly(0, -8, -8);
            assertThat(record.tensor("isyn").toArray()).containsExactly(4, 2, 1);
            assertThat(record.tensor("vmem").toArray()).containsExactly(0, -6, -10);
        }

        @Test
        void theCurrentIsDecayedInTheStepItArises() {
            Module neuron =
                    new aLIF(half.with("tau_ahp", 0.002).with("dt", 0.001).with("threshold", 4));
            assertThat(record(neuron, 8, 0).tensor("iahp").toArray()[1]).isEqualTo(-8 * (float) StrictMath.exp(-0.5));
        }

        @Test
        void withoutWeightItIsALif() {
            Arguments arguments = Arguments.shape(4, 2).with("tau_mem", 0.005).with("tau_syn", 0.003);
            double[] input = {3, 0, 5, 1, 0, 0, 4, 4, 9, 1, 0, 0};
            assertThat(evolve(new aLIF(arguments.with("w_ahp", 0)), input))
                    .isEqualTo(evolve(new LIF(arguments), input))
                    .contains(1);
        }

        @Test
        void isNamedAsInRockpool() {
            Module neurons = new aLIF(2);
            assertThat(neurons).hasToString("aLIF  with shape (2, 2)");
            assertThat(neurons.parameters("weights").names()).containsExactly("w_ahp");
            assertThat(neurons.parameters().tensor("w_ahp").toArray()).containsExactly(-0.9f, -0.9f);
        }
    }

    @Nested
    class OfLIFNeuron {
        @Test
        void theInputGoesStraightOntoTheMembrane() {
            Module neuron =
                    new LIFNeuron(ONE.with("tau_mem", 1e9).with("threshold", 4).with("bias", 0.5));
            Tree record = record(neuron, 3, 0, 0, 8);
            assertThat(record.tensor("spikes").toArray()).containsExactly(0, 1, 0, 2);
            assertThat(record.tensor("vmem").toArray()).containsExactly(3.5f, 0, 0.5f, 1);
        }

        @Test
        void firesAtTheThresholdAndNoMoreThanPermitted() {
            Module neuron = new LIFNeuron(ONE.with("tau_mem", 0).with("max_spikes_per_dt", 2));
            assertThat(evolve(neuron, 1, 0.999, 5)).containsExactly(1, 0, 2);
            assertThat(neuron.state().tensor("vmem").toArray()).containsExactly(3);
        }
    }

    @Nested
    class OfLIFBitshift {
        @Test
        void decaysAndTimeConstantsFollowFromShifts() {
            // log2(4) = 2, so the membrane keeps 3 / 4; a tau below dt forgets at once.
            Module neuron = new LIFBitshift(
                    ONE.with("tau_mem", 0.004).with("tau_syn", 0.0005).with("threshold", 100));
            Tree record = record(neuron, 8, 0);
            assertThat(record.tensor("isyn").toArray()).containsExactly(0, 0);
            assertThat(neuron.parameters().tensor("tau_mem").toArray()[0])
                    .isEqualTo((float) (-(double) 0.001f / StrictMath.log(0.75)));
            assertThat(neuron.parameters().tensor("tau_syn").toArray()).containsExactly(0);
            neuron.setAttributes(Tree.of("vmem", new float[] {16}));
            evolve(neuron, 0);
            assertThat(neuron.state().tensor("vmem").toArray()).containsExactly(12);
        }

        @Test
        void itsTimeConstantsStayWhatTheyWereMade() {
            Module neurons = new LIFBitshift(Arguments.shape(2).with("tau_mem", Constant.of(0.02)));
            assertThat(neurons.simulationParameters().tensor("tau_mem").shape()).isEqualTo(Shape.SCALAR);
            Tensor made = neurons.parameters().tensor("tau_syn");
            neurons.setAttributes(Tree.of("tau_syn", new float[][] {{0.5f}, {0.5f}}));
            neurons.resetParameters();
            assertThat(neurons.parameters().tensor("tau_syn")).isEqualTo(made);
            assertThat(made.toArray()[0]).isCloseTo(0.0155f, within(1e-4f));
        }
    }

    @Nested
    class OfLIFODE {
        @Test
        void movesByPartsOfTheWay() {
            Module neuron = new LIFODE(ONE.with("tau_mem", 0.002)
                    .with("tau_syn", 0.004)
                    .with("dt", 0.001)
                    .with("bias", 1)
                    .with("threshold", 100));
            Tree record = record(neuron, 8, 0);
            assertThat(record.tensor("isyn").toArray()).containsExactly(2, 1.5f);
            assertThat(record.tensor("vmem").toArray()).containsExactly(1.5f, 2);
        }
    }

    @Nested
    class OfBooleanState {
        @Test
        void keepsTheSideOnWhichTheInputWasLast() {
            Module state = new BooleanState(Arguments.shape(2).with("threshold", new double[] {1, 2}));
            assertThat(evolve(state, 1, 3, 1.5, 0, -1, -2, -1.1, -2.5, 0, 0))
                    .containsExactly(0, 1, 1, 1, 1, 1, 0, 0, 0, 0);
        }
    }

    @Nested
    class OfDropouts {
        private final Tensor ones = Tensor.full(Shape.of(1, 50, 20), 1);

        @Test
        void passEverythingOnUnlessTraining() {
            assertThat(stream(new UnitDropout(20), "s", 0, ones)).containsOnly(1);
            assertThat(stream(new TimeStepDropout(Arguments.shape(20).with("p", 1)), "s", 0, ones))
                    .containsOnly(1);
        }

        @Test
        void aUnitIsSilentForTheWholeStream() {
            Module dropout = new UnitDropout(Arguments.shape(20).with("p", 0.75).with("training", true));
            float[] output = stream(dropout, "s", 0, ones);
            assertThat(output).containsOnly(0, 4).contains(0).contains(4);
            for (int i = 20; i < output.length; i++) {
                assertThat(output[i]).isEqualTo(output[i - 20]);
            }
            assertThat(stream(dropout, "s", 1_000_000_000, ones)).isEqualTo(output);
            assertThat(stream(dropout, "other", 0, ones)).isNotEqualTo(output);
        }

        @Test
        void singleValuesAreDroppedWithTheProbabilityThatWasAskedFor() {
            Module dropout =
                    new TimeStepDropout(Arguments.shape(20).with("p", 0.3).with("training", true));
            float[] output = stream(dropout, "s", 0, Tensor.full(Shape.of(1, 5000, 20), 1));
            double kept = 0;
            for (float value : output) {
                kept += value;
            }
            // The standard deviation of the mean of 1e5 draws is 0.0014.
            assertThat(kept / output.length).isCloseTo(0.7, within(0.006));
            assertThat(output).containsOnly(0, 1);
            Module all = new TimeStepDropout(Arguments.shape(20).with("p", 1).with("training", true));
            assertThat(stream(all, "s", 0, ones)).containsOnly(0);
        }
    }

    @Nested
    class OfSmoothing {
        @Test
        void expSmoothDoesNotDecayAnInputInItsOwnStep() {
            Module smooth = new ExpSmooth(ONE.with("tau", 0.002));
            float decay = (float) StrictMath.exp(-0.5);
            assertThat(evolve(smooth, 8, 0, 1)).containsExactly(8, 8 * decay, 8 * decay * decay + 1);
        }

        @Test
        void theDecayOfALowPassIsAStateThatCanBeSet() {
            Module low = new LowPass(Arguments.none().with("n_neurons", 2).with("tau_mem", 0.01));
            assertThat(low.shape()).isEqualTo(Shape.of(2));
            low.setAttributes(Tree.of("alpha_mem", new float[] {0.5f}));
            assertThat(evolve(low, 8, 4, 0, 0, 1, 1)).containsExactly(8, 4, 4, 2, 3, 2);
            low.resetState();
            assertThat(low.state().tensor("alpha_mem").toArray())
                    .containsExactly((float) StrictMath.exp(-(double) 0.001f / 0.01f));
        }
    }

    @Nested
    class OfSoftmax {
        private final Arguments arguments = Arguments.shape(2, 2)
                .with("weight", new double[][] {{1, 0}, {0, 1}})
                .with("has_bias", false)
                .with("tau", 1e9);

        @Test
        void theChannelsOfEachStepSumToOne() {
            assertThat(evolve(new Softmax(arguments), 0, 0, 1000, 0, 0, 998))
                    .containsExactly(0.5f, 0.5f, 1, 0, 0.880797f, 0.11920292f);
            assertThat(evolve(new LogSoftmax(arguments), 0, 0, 1000, 0))
                    .containsExactly(-0.6931472f, -0.6931472f, 0, -1000);
        }

        @Test
        void hasABiasUnlessToldOtherwise() {
            assertThat(new Softmax(2, 3).parameters().tree("linear").names()).containsExactly("weight", "bias");
            assertThat(new Softmax(arguments).parameters().tree("linear").names())
                    .containsExactly("weight");
        }
    }

    static List<Module> noisyWithoutMemory() {
        Arguments noisy = ONE.with("threshold", 1e9).with("noise_std", 3).with("dt", 0.004);
        return List.of(
                new aLIF(noisy.with("tau_mem", 0)),
                new LIFNeuron(noisy.with("tau_mem", 0)),
                new LIFBitshift(noisy.with("tau_mem", 0)),
                new LIFODE(noisy.with("tau_mem", 0.004)));
    }

    @ParameterizedTest
    @MethodSource("noisyWithoutMemory")
    void theNoiseOfAStepHasTheDeviationThatWasAskedFor(Module neuron) {
        int steps = 20_000;
        float[] vmem = neuron.evolve(Tensor.zeros(Shape.of(1, steps, 1)), Recorder.all())
                .record()
                .tensor("vmem")
                .toArray();
        double sum = 0;
        double squares = 0;
        for (float value : vmem) {
            sum += value;
            squares += value * (double) value;
        }
        double deviation = 3 * Math.sqrt(0.004);
        // Four standard deviations of the mean and of the deviation of as many draws.
        assertThat(sum / steps).isCloseTo(0, within(4 * deviation / Math.sqrt(steps)));
        assertThat(Math.sqrt(squares / steps)).isCloseTo(deviation, within(4 * deviation / Math.sqrt(2 * steps)));
    }

    record Wrong(Function<Arguments, Module> constructor, Arguments arguments, String message) {}

    static List<Wrong> wrong() {
        Arguments two = Arguments.shape(2);
        Arguments synNet = Arguments.none().with("n_classes", 2).with("n_channels", 3);
        return List.of(
                new Wrong(aLIF::new, two.with("w_ahb", 1), "aLIF has no argument 'w_ahb', did you mean 'w_ahp'?"),
                new Wrong(aLIF::new, two.with("tau_ahp", -1), "aLIF: tau_ahp is -1.0, expected 0 or above"),
                new Wrong(
                        aLIF::new,
                        two.with("w_ahp", new float[3]),
                        "aLIF: w_ahp has the shape (3,), expected (2,) or ()"),
                new Wrong(LIFNeuron::new, Arguments.shape(2, 2), "LIFNeuron: the shape is (2, 2), expected (N,)"),
                new Wrong(LIFNeuron::new, two.with("threshold", 0), "LIFNeuron: threshold is 0.0, expected above 0"),
                new Wrong(
                        LIFBitshift::new, two.with("tau_mem", -1), "LIFBitshift: tau_mem is -1.0, expected 0 or above"),
                new Wrong(
                        LIFBitshift::new,
                        two.with("tau_syn", new float[3]),
                        "LIFBitshift: tau_syn has the shape (3,), expected (2, 1) or (1, 1) or ()"),
                new Wrong(
                        LIFODE::new,
                        two.with("tau_mem", 1e-4),
                        "LIFODE: tau_mem is 1.0E-4 s, shorter than dt, so the neuron would not be stable; expected at"
                                + " least 0.001 s"),
                new Wrong(
                        BooleanState::new,
                        Arguments.shape(2, 3),
                        "BooleanState: the shape is (2, 3), expected (N,) or (N, N)"),
                new Wrong(
                        BooleanState::new,
                        two.with("threshold", new double[] {-0.5, 1}),
                        "BooleanState: threshold is -0.5, expected 0 or above"),
                new Wrong(
                        BooleanState::new,
                        two.with("threshold", new double[3]),
                        "BooleanState: threshold has the shape (3,), expected (2,) or ()"),
                new Wrong(UnitDropout::new, two.with("p", 1), "UnitDropout: p is 1.0, expected at least 0 and below 1"),
                new Wrong(TimeStepDropout::new, two.with("p", 1.5), "TimeStepDropout: p is 1.5, expected from 0 to 1"),
                new Wrong(
                        ExpSmooth::new,
                        two.with("tau", new double[2]),
                        "ExpSmooth: tau has the shape (2,), expected ()"),
                new Wrong(LowPass::new, Arguments.none(), "LowPass: argument 'n_neurons' is missing"),
                new Wrong(
                        LowPass::new,
                        two.with("tau_mem", new double[3]),
                        "LowPass: tau_mem has the shape (3,), expected (2,) or ()"),
                new Wrong(LowPass::new, two.with("n_neurons", 3), "LowPass: the shape is (2,), expected (n_neurons,)"),
                new Wrong(Softmax::new, two, "Softmax: the shape is (2,), expected (Nin, Nout)"),
                new Wrong(
                        Softmax::new,
                        Arguments.shape(2, 3).with("weight", new double[3][2]),
                        "Softmax: 'linear': Linear: weight has the shape (3, 2), expected (2, 3)"),
                new Wrong(
                        LogSoftmax::new, two.with("taus", 1), "LogSoftmax has no argument 'taus', did you mean 'tau'?"),
                new Wrong(SynNet::new, Arguments.none(), "SynNet: argument 'n_channels' is missing"),
                new Wrong(
                        SynNet::new,
                        synNet.with("size_hidden_layers", new int[] {3, 4}),
                        "SynNet: size_hidden_layers names 2 layers, time_constants_per_layer 1; expected the same"),
                new Wrong(
                        SynNet::new,
                        synNet.with("size_hidden_layers", new double[] {2.5}),
                        "SynNet: size_hidden_layers[0] is 2.5, expected a whole number of at least 1"),
                new Wrong(
                        SynNet::new,
                        synNet.with("tau_syn_base", 0.001),
                        "SynNet: tau_syn_base is 0.001 s, expected longer than dt, 0.001 s"),
                new Wrong(
                        SynNet::new,
                        synNet.with("output", "isyn"),
                        "SynNet: output is 'isyn', expected spikes or vmem"),
                new Wrong(
                        SynNet::new,
                        synNet.with("output", "vmem").with("threshold_out", 2),
                        "SynNet: threshold_out is given, but with output: vmem the readout has none"),
                new Wrong(
                        SynNet::new,
                        synNet.with("weights", Map.of("1_linear", new double[2][2])),
                        "SynNet: weights has no layer '1_linear', did you mean '0_linear'?"),
                new Wrong(
                        SynNet::new,
                        synNet.with("size_hidden_layers", 3).with("weights", Map.of("0_linear", new double[2][3])),
                        "SynNet: '0_linear': Linear: weight has the shape (2, 3), expected (3, 3)"),
                new Wrong(
                        SynNet::new,
                        synNet.with("threshold", 0),
                        "SynNet: '0_neurons': LIF: threshold is 0.0, expected above 0"),
                new Wrong(
                        SynNet::new,
                        synNet.with("p_dropout", 2),
                        "SynNet: '0_dropout': TimeStepDropout: p is 2.0, expected from 0 to 1"),
                new Wrong(
                        SynNet::new,
                        synNet.with("weights", 3),
                        "SynNet: weights is 3, expected matrices by the names of layers"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongArgumentIsNamedWithItsModule(Wrong wrong) {
        assertThatThrownBy(() -> wrong.constructor.apply(wrong.arguments)).hasMessage(wrong.message);
    }
}
