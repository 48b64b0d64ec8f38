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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ModulesTest {

    private static float[] evolve(Module module, double... input) {
        return module.evolve(Tensor.of(input).reshape(input.length / module.sizeIn(), module.sizeIn()))
                .output()
                .toArray();
    }

    @Nested
    class OfLinear {
        @Test
        void multipliesRowsByTheMatrixAndAddsTheBias() {
            Module linear = new Linear(Arguments.shape(2, 3)
                    .with("weight", new double[][] {{1, 2, 3}, {10, 20, 30}})
                    .with("bias", new double[] {0.5, 0, -1}));
            assertThat(evolve(linear, 1, 0, 0, 1, 2, 1)).containsExactly(1.5f, 2, 2, 10.5f, 20, 29, 12.5f, 24, 35);
        }

        @Test
        void hasABiasOnlyIfGivenOrAskedFor() {
            assertThat(new Linear(2, 3).parameters().names()).containsExactly("weight");
            assertThat(new Linear(Arguments.shape(2, 3).with("has_bias", true))
                            .parameters()
                            .tensor("bias")
                            .shape())
                    .isEqualTo(Shape.of(3));
            assertThat(new Linear(Arguments.shape(2, 3).with("bias", 1))
                            .parameters()
                            .tensor("bias")
                            .shape())
                    .isEqualTo(Shape.SCALAR);
        }

        @Test
        void refusesATransposedMatrix() {
            assertThatThrownBy(() -> new Linear(Arguments.shape(2, 3).with("weight", new double[3][2])))
                    .hasMessage("Linear: weight has the shape (3, 2), expected (2, 3)");
            assertThatThrownBy(() -> new Linear(Arguments.shape(4)))
                    .hasMessage("Linear: the shape is (4,), expected (Nin, Nout)");
        }
    }

    @Nested
    class OfRate {
        private final Arguments one = Arguments.shape(1).with("tau", 0.002).with("dt", 0.001);

        @Test
        void movesHalfTheWayToItsInput() {
            assertThat(evolve(new Rate(one), 8, 8, 0)).containsExactly(4, 6, 3);
            assertThat(evolve(new Rate(one.with("bias", 2).with("threshold", 1)), 8))
                    .containsExactly(4);
            assertThat(evolve(new Rate(one), -8)).containsExactly(0);
        }

        @Test
        void feedsItsActivityBack() {
            Module neurons = new Rate(
                    Arguments.shape(2).with("tau", 0.002).with("has_rec", true).with("w_rec", new double[][] {
                        {0, 1}, {0, 0}
                    }));
            Tree record = neurons.evolve(Tensor.of(8.0, 0.0, 0.0, 0.0).reshape(2, 2), Recorder.all())
                    .record();
            assertThat(record.tensor("rec_input").toArray()).containsExactly(0, 0, 0, 4);
            assertThat(record.tensor("x").toArray()).containsExactly(4, 0, 2, 2);
        }

        @Test
        void hasThreeActivationsByFullOrShortNames() {
            assertThat(evolve(new Rate(one.with("activation_func", "T")), 2))
                    .containsExactly((float) StrictMath.tanh(1));
            assertThat(evolve(new Rate(one.with("activation_func", "sig")), 0)).containsExactly(0.5f);
            assertThat(new Rate(one.with("activation_func", "ReLU"))
                            .simulationParameters()
                            .get("act_fn"))
                    .isEqualTo("relu");
            assertThatThrownBy(() -> new Rate(one.with("activation_func", "sigmoit")))
                    .hasMessage("Rate: activation_func is 'sigmoit', did you mean 'sigmoid'?");
        }

        @Test
        void refusesATimeConstantThatIsShorterThanAStep() {
            assertThatThrownBy(() -> new Rate(one.with("tau", 0.0005)))
                    .hasMessage("Rate: tau is 5.0E-4 s, shorter than dt, so the neuron would not be stable;"
                            + " expected at least 0.001 s");
            assertThat(evolve(new Rate(one.with("tau", 0.001)), 8)).containsExactly(8);
        }

        @Test
        void refusesAShapeThatIsNotSquare() {
            assertThatThrownBy(() -> new Rate(Arguments.shape(2, 3)))
                    .hasMessage("Rate: the shape is (2, 3), expected (N,) or (N, N)");
            assertThatThrownBy(() -> new Rate(one.with("w_rec", 1)))
                    .hasMessage("Rate: w_rec is given but has_rec is false, expected has_rec: true");
        }
    }

    @Nested
    class OfExpSyn {
        @Test
        void decaysWhatArrivesInTheSameStep() {
            Module synapse = new ExpSyn(Arguments.shape(1).with("tau", 0.001).with("dt", 0.001));
            float decay = (float) StrictMath.exp(-1);
            assertThat(evolve(synapse, 1, 0, 1)).containsExactly(decay, decay * decay, (decay * decay + 1) * decay);
        }

        @Test
        void forgetsAtOnceWithoutATimeConstant() {
            assertThat(evolve(new ExpSyn(Arguments.shape(1).with("tau", 0)), 5)).containsExactly(0);
        }

        @Test
        void refusesWrongArguments() {
            assertThatThrownBy(() -> new ExpSyn(Arguments.shape(2, 2)))
                    .hasMessage("ExpSyn: the shape is (2, 2), expected (N,)");
            assertThatThrownBy(() -> new ExpSyn(Arguments.shape(2).with("noise_std", -1)))
                    .hasMessage("ExpSyn: noise_std is -1.0, expected 0 or above");
        }
    }

    @Nested
    class OfInstant {
        @Test
        void appliesItsFunction() {
            Arguments one = Arguments.shape(1);
            assertThat(evolve(new Instant(one), -2, 3)).containsExactly(-2, 3);
            assertThat(evolve(new Instant(one.with("function", "abs")), -2, 3)).containsExactly(2, 3);
            assertThat(evolve(new Instant(one.with("function", "square")), -2, 3))
                    .containsExactly(4, 9);
            assertThat(evolve(new Instant(one.with("function", "relu")), -2, 3)).containsExactly(0, 3);
            assertThat(evolve(new Instant(one.with("function", "tanh")), 1))
                    .containsExactly((float) StrictMath.tanh(1));
        }

        @Test
        void refusesAnUnknownFunctionAlsoLater() {
            assertThatThrownBy(() -> new Instant(Arguments.shape(1).with("function", "sqare")))
                    .hasMessage("Instant: function is 'sqare', did you mean 'square'?");
            Module instant = new Instant(Arguments.shape(1));
            assertThatThrownBy(() -> instant.setAttributes(Tree.of("function", "nothing")))
                    .hasMessageStartingWith("Instant: function is 'nothing', expected one of [abs, identity,");
            assertThat(instant.simulationParameters().get("function")).isEqualTo("identity");
            assertThatThrownBy(() -> new Instant(Arguments.shape(1, 2)))
                    .hasMessage("Instant: the shape is (1, 2), expected (N,) or (N, N)");
        }
    }

    @Nested
    class OfUpDown {
        private final Arguments one = Arguments.shape(1).with("thr_up", 1).with("thr_down", 0.5);

        @Test
        void countsTheStepsThatTheReferenceHasToTake() {
            Module modulator = new UpDown(one);
            Tree record = modulator
                    .evolve(Tensor.of(5.0, 5.5, 7.25, 6.0), Recorder.all())
                    .record();
            assertThat(record.tensor("analog_value").toArray()).containsExactly(5, 5, 5, 7);
            assertThat(modulator.state().tensor("analog_value").toArray()).containsExactly(6);
            assertThat(evolve(new UpDown(one), 5, 5.5, 7.25, 6)).containsExactly(0, 0, 0, 0, 2, 0, 0, 2);
        }

        @Test
        void theFirstStepOfAStreamGivesNothingAndOnlyTheFirst() {
            Module modulator = new UpDown(one);
            assertThat(evolve(modulator, 100)).containsExactly(0, 0);
            assertThat(evolve(modulator, 103)).containsExactly(3, 0);
            assertThat(evolve(modulator.resetState(), 103)).containsExactly(0, 0);
        }

        @Test
        void everyChannelHasItsOwnThresholdUpAndDown() {
            Module modulator = new UpDown(
                    Arguments.shape(2).with("thr_up", new double[] {1, 2}).with("thr_down", new double[] {2, 4}));
            assertThat(evolve(modulator, 0, 0, 4, 4, 0, 0)).containsExactly(0, 0, 0, 0, 4, 0, 2, 0, 0, 2, 0, 1);
            assertThat(modulator.parameters().tensor("thr_up").shape()).isEqualTo(Shape.of(1, 2));
        }

        @Test
        void staysSilentAfterAnEventAndFollowsTheSignal() {
            Module modulator = new UpDown(one.with("n_ref_steps", 2));
            Tree record = modulator
                    .evolve(Tensor.of(0.0, 5.0, 9.0, 9.25, 11.0), Recorder.all())
                    .record();
            assertThat(record.tensor("analog_value").toArray()).containsExactly(0, 0, 5, 9, 9);
            assertThat(evolve(new UpDown(one.with("n_ref_steps", 2)), 0, 5, 9, 9.25, 11))
                    .containsExactly(0, 0, 1, 0, 0, 0, 0, 0, 1, 0);
        }

        @Test
        void repeatsItsEvents() {
            assertThat(evolve(new UpDown(one.with("repeat_output", 3)), 0, 2)).containsExactly(0, 0, 6, 0);
        }

        @Test
        void aSingleThresholdMayBeConstant() {
            Module modulator = new UpDown(Arguments.shape(2).with("thr_up", Constant.of(0.5)));
            assertThat(modulator.simulationParameters().tensor("thr_up")).isEqualTo(Tensor.full(Shape.of(1, 2), 0.5));
            assertThat(modulator.parameters().names()).containsExactly("thr_down");
        }

        @Test
        void refusesWrongArguments() {
            assertThatThrownBy(() -> new UpDown(one.with("thr_up", 0)))
                    .hasMessage("UpDown: thr_up is 0.0, expected above 0");
            assertThatThrownBy(() -> new UpDown(one.with("n_ref_steps", -1)))
                    .hasMessage("UpDown: n_ref_steps is -1.0, expected 0 or above");
            assertThatThrownBy(() -> new UpDown(one.with("repeat_output", 1.5)))
                    .hasMessage("UpDown: argument 'repeat_output' is 1.5, expected a whole number");
            assertThatThrownBy(() -> new UpDown(Arguments.shape(3).with("thr_up", new double[2])))
                    .hasMessage("UpDown: thr_up has the shape (2,), expected (1, 3)");
            assertThatThrownBy(() -> new UpDown(Arguments.shape(3, 3)))
                    .hasMessage("UpDown: the shape is (3, 3), expected (N,) or (N, 2 N)");
        }
    }
}
