package io.riffle.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.examples.FfwdNet;
import io.riffle.sim.modules.Rate;
import org.junit.jupiter.api.Test;

class OwnModuleTest {

    /** Counts the steps and adds what a constructor declares. */
    private static class Counter extends Module {
        private final State count = state("count", State.withShape(Shape.of(1)).init(Init.constant(10)));

        Counter() {
            super(Shape.of(1));
        }

        @Override
        public Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
            float[] output = new float[input.shape().count()];
            for (int b = 0; b < input.batches(); b++) {
                float now = state.read(count, b)[0];
                for (int t = 0; t < input.steps(); t++) {
                    now += 1;
                    output[b * input.steps() + t] = now;
                }
                state.write(count, b, new float[] {now});
            }
            return recorder.record("count", Tensor.wrap(output, input.shape()));
        }
    }

    @Test
    void aStateStartsWithItsInitialValueAndComesBackToIt() {
        Module counter = new Counter();
        assertThat(counter.evolve(Tensor.zeros(Shape.of(3, 1))).output().toArray())
                .containsExactly(11, 12, 13);
        assertThat(counter.evolve(Tensor.zeros(Shape.of(1, 1))).output().toArray())
                .containsExactly(14);
        assertThat(counter.resetState().state().tensor("count").toArray()).containsExactly(10);
        assertThat(counter.evolve(Tensor.zeros(Shape.of(1, 1))).output().toArray())
                .containsExactly(11);
    }

    @Test
    void theExampleOfTheNotebookRunsAsDescribed() {
        Module network = new FfwdNet(4, 6);
        Evolution result = network.evolve(Tensor.full(Shape.of(5, 4), 1), Recorder.all());
        assertThat(result.output().shape()).isEqualTo(Shape.of(1, 5, 6));
        assertThat(result.state().paths()).containsExactly("neurons.x");
        assertThat(result.record().paths()).containsExactly("weighted_input", "neurons.rec_input", "neurons.x");
        assertThat(network.parameters().tensor("w_ffwd")).isEqualTo(Tensor.zeros(Shape.of(4, 6)));
    }

    @Test
    void aNameCanBeGivenOnce() {
        assertThatThrownBy(() -> new Counter() {
                    {
                        state("count", State.withShape(Shape.of(1)));
                    }
                })
                .hasMessageEndingWith(": the name 'count' is taken already");
        assertThatThrownBy(() -> new Counter() {
                    {
                        module("count", new Rate(1));
                    }
                })
                .hasMessageEndingWith(": the name 'count' is taken already");
        assertThatThrownBy(() -> new Counter() {
                    {
                        parameter("a.b", Parameter.of(1));
                    }
                })
                .hasMessageEndingWith(": 'a.b' cannot be a name, expected letters without a dot");
    }

    @Test
    void aModuleHasOneParent() {
        Rate rate = new Rate(2);
        Module first = new Sequential(rate);
        assertThat(first.modules()).containsValue(rate);
        assertThatThrownBy(() -> new Sequential(rate))
                .hasMessage(
                        "Sequential: module '0_Rate' is already attached as Rate '0_Rate', expected one of its own");
        assertThatThrownBy(() -> new Counter() {
                    {
                        module("self", this);
                    }
                })
                .hasMessageContaining("module 'self' is already attached");
    }

    @Test
    void aRecordCannotHaveTheNameOfAModule() {
        Module odd = new Module(Shape.of(1)) {
            private final Module inner = module("x", new Rate(1));

            @Override
            public Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
                return recorder.record("x", inner.evolve(input, state.of("x"), recorder.of("x")));
            }
        };
        assertThatThrownBy(() -> odd.evolve(Tensor.zeros(Shape.of(3, 1)), Recorder.all()))
                .hasMessage("'x' is both a record and a module, expected two names");
    }

    @Test
    void aSubModuleThatIsNotThereIsNamed() {
        ModuleState state = new FfwdNet(2, 3).newState(1);
        assertThatThrownBy(() -> state.of("neuron"))
                .hasMessage("FfwdNet has no module 'neuron', did you mean 'neurons'?");
    }

    @Test
    void aShapeWithoutSizeIsAnError() {
        assertThatThrownBy(() -> new Rate(0)).hasMessage("Rate: the shape is (0,), expected sizes of at least 1");
    }
}
