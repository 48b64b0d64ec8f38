package io.riffle.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.combinators.Residual;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.examples.FfwdNet;
import io.riffle.sim.modules.ExpSyn;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import io.riffle.sim.modules.Rate;
import io.riffle.sim.modules.UpDown;
import org.junit.jupiter.api.Test;

class EvolveTest {
    private final Module synapses = new ExpSyn(2);

    private static Tensor ramp(int... shape) {
        float[] values = new float[Shape.of(shape).count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 7 - 2;
        }
        return Tensor.wrap(values, shape);
    }

    @Test
    void aSignalOfTwoDimensionsIsOneStream() {
        assertThat(synapses.evolve(ramp(5, 2)).output())
                .isEqualTo(synapses.resetState().evolve(ramp(1, 5, 2)).output());
    }

    @Test
    void aSignalOfOneDimensionIsOneChannelThatStandsForAll() {
        Tensor output = synapses.evolve(Tensor.of(1f, 2f, 3f)).output();
        assertThat(output.shape()).isEqualTo(Shape.of(1, 3, 2));
        assertThat(output)
                .isEqualTo(synapses.resetState()
                        .evolve(Tensor.wrap(new float[] {1, 1, 2, 2, 3, 3}, 3, 2))
                        .output());
    }

    @Test
    void oneChannelStandsForAllEverywhereButInLinear() {
        for (Module module :
                new Module[] {new LIF(2), new Rate(2), new ExpSyn(2), new UpDown(2), new Residual(new ExpSyn(2))}) {
            Tensor broadcast = module.evolve(ramp(3, 9, 1)).output();
            float[] twice = new float[3 * 9 * 2];
            for (int i = 0; i < twice.length; i++) {
                twice[i] = ramp(3, 9, 1).toArray()[i / 2];
            }
            assertThat(broadcast)
                    .isEqualTo(module.resetState()
                            .evolve(Tensor.wrap(twice, 3, 9, 2))
                            .output());
        }
        assertThatThrownBy(() -> new Linear(2, 3).evolve(ramp(5, 1)))
                .hasMessage("Linear: the input has 1 channel, expected 2");
    }

    @Test
    void noStepsChangeNothing() {
        Module network = new Sequential(new UpDown(2), new Linear(4, 3), new LIF(3));
        network.evolve(ramp(9, 2));
        Tree state = network.state();
        Evolution none = network.evolve(ramp(1, 0, 2), Recorder.all());
        assertThat(none.output().shape()).isEqualTo(Shape.of(1, 0, 3));
        assertThat(none.record().tensor("2_LIF.vmem").shape()).isEqualTo(Shape.of(1, 0, 3));
        assertThat(none.state()).isEqualTo(state);
    }

    @Test
    void theStateIsKeptFromCallToCall() {
        Tensor whole = synapses.evolve(ramp(9, 2)).output();
        synapses.resetState();
        assertThat(synapses.evolve(ramp(1, 9, 2).steps(0, 4)).output()).isEqualTo(whole.steps(0, 4));
        assertThat(synapses.evolve(ramp(1, 9, 2).steps(4, 9)).output()).isEqualTo(whole.steps(4, 9));
    }

    @Test
    void everyElementOfABatchKeepsItsOwnState() {
        Module network = new Sequential(new Linear(2, 3), new LIF(3));
        network.evolve(ramp(3, 4, 2));
        Tree state = network.state();
        assertThat(state.tensor("1_LIF.vmem").shape()).isEqualTo(Shape.of(3, 3));
        network.evolve(ramp(3, 4, 2));
        Tensor batch = network.evolve(ramp(3, 4, 2)).output();
        network.resetState();
        Tensor second = Tensor.wrap(java.util.Arrays.copyOfRange(ramp(3, 4, 2).toArray(), 8, 16), 1, 4, 2);
        network.evolve(second);
        network.evolve(second);
        assertThat(network.evolve(second).output().toArray())
                .isEqualTo(java.util.Arrays.copyOfRange(batch.toArray(), 12, 24));
    }

    @Test
    void aStateOfOneStartsAllElementsOfABatch() {
        synapses.setAttributes(Tree.of("isyn", new float[] {1, 2}));
        Tensor output = synapses.evolve(Tensor.zeros(Shape.of(2, 1, 2))).output();
        assertThat(output.get(1, 0, 0)).isEqualTo(output.get(0, 0, 0)).isPositive();
    }

    @Test
    void anotherBatchSizeIsAnErrorUntilTheStateIsReset() {
        synapses.evolve(ramp(3, 4, 2));
        Tree state = synapses.state();
        assertThatThrownBy(() -> synapses.evolve(ramp(2, 4, 2)))
                .isInstanceOf(RiffleException.class)
                .hasMessage("ExpSyn: the input has a batch of 2, but the state that it continues is a batch of 3;"
                        + " call resetState() first");
        assertThatThrownBy(() -> synapses.evolve(ramp(4, 2))).hasMessageContaining("a batch of 1");
        assertThat(synapses.state()).isEqualTo(state);
        assertThat(synapses.resetState().evolve(ramp(2, 4, 2)).output().batches())
                .isEqualTo(2);
    }

    @Test
    void aCallThatFailsChangesNothing() {
        Tree state = synapses.state();
        assertThatThrownBy(() -> synapses.evolve(ramp(3, 4, 5)))
                .hasMessage("ExpSyn: the input has 5 channels, expected 2");
        assertThat(synapses.state()).isEqualTo(state);
        assertThat(synapses.evolve(ramp(4, 2)).output().batches()).isEqualTo(1);
    }

    @Test
    void wrongDimensionsAreErrors() {
        assertThatThrownBy(() -> synapses.evolve(ramp(1, 1, 5, 2)))
                .hasMessage("ExpSyn: the input has the shape (1, 1, 5, 2), expected (T,), (T, 2) or (B, T, 2)");
        assertThatThrownBy(() -> synapses.evolve(Tensor.scalar(1)))
                .hasMessage("ExpSyn: the input has the shape (), expected (T,), (T, 2) or (B, T, 2)");
        assertThatThrownBy(() -> synapses.evolve(ramp(0, 5, 2)))
                .hasMessage("ExpSyn: the input has a batch of 0, expected at least 1");
        assertThatThrownBy(() -> new FfwdNet(2, 3).evolve(ramp(5, 4)))
                .hasMessage("FfwdNet: the input has 4 channels, expected 2");
        assertThatThrownBy(() -> synapses.evolve(ramp(5, 2), synapses.newState(1), Recorder.NONE))
                .hasMessage("ExpSyn: the input has the shape (5, 2), expected (B, T, 2)");
    }

    @Test
    void theTwoFormsGiveTheSame() {
        ModuleState state = synapses.newState(1);
        Tensor pure = synapses.advance(ramp(1, 9, 2), state, Recorder.NONE);
        assertThat(state.nextStep(0)).isEqualTo(9);
        assertThat(synapses.evolve(ramp(9, 2)).output())
                .as("the own state was untouched")
                .isEqualTo(pure);
    }

    @Test
    void aModuleInsideCanBeEvolvedByItself() {
        Module network = new Sequential(new Linear(2, 3), new ExpSyn(3));
        Module inner = network.modules().get("1_ExpSyn");
        inner.evolve(ramp(4, 3));
        assertThat(network.state().tensor("1_ExpSyn.isyn"))
                .isEqualTo(inner.state().tensor("isyn"));
        assertThat(inner.state().tensor("isyn")).isNotEqualTo(Tensor.of(0f, 0f, 0f));
    }

    @Test
    void anOutputOfTheWrongShapeNamesTheModule() {
        Module wrong = new Module(Shape.of(2, 3)) {
            @Override
            public Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
                return input;
            }
        };
        assertThatThrownBy(() -> wrong.evolve(ramp(5, 2)))
                .hasMessageEndingWith("evolve gave the shape (1, 5, 2), expected (1, 5, 3)");
    }

    @Test
    void aStateOfTheWrongSizeOrBatchIsAnError() {
        assertThatThrownBy(() -> ModuleState.of(synapses, "", new float[3], 0, "s", 0))
                .hasMessage("ExpSyn: a state of 3 values was given, expected 2");
        assertThatThrownBy(() -> synapses.advance(ramp(2, 4, 2), synapses.newState(3), Recorder.NONE))
                .hasMessage("ExpSyn: the input has a batch of 2, the state one of 3");
    }

    @Test
    void theLayoutOfAStateNamesEveryValue() {
        Module network = new Sequential(new Linear(4, 3), new LIF(3), new Sequential(new ExpSyn(3)));
        StateLayout layout = network.stateLayout("");
        assertThat(layout.entries())
                .containsExactly(
                        new StateLayout.Entry("1_LIF.vmem", Shape.of(3)),
                        new StateLayout.Entry("1_LIF.isyn", Shape.of(3, 1)),
                        new StateLayout.Entry("1_LIF.spikes", Shape.of(3)),
                        new StateLayout.Entry("2_Sequential.0_ExpSyn.isyn", Shape.of(3)));
        assertThat(layout.count()).isEqualTo(12).isEqualTo(network.newState(1).valuesWithoutCopy().length);
        assertThat(network.modules().get("1_LIF").stateLayout("1_LIF").entries())
                .isEqualTo(layout.entries().subList(0, 3));
    }

    @Test
    void timeStepsOfModulesAreCollected() {
        assertThat(new Linear(1, 1).timeSteps()).isEmpty();
        assertThat(new Sequential(new LIF(1), new ExpSyn(1)).timeSteps()).containsExactly(0.001);
        assertThat(new Sequential(new LIF(Arguments.shape(1).with("dt", new float[] {0.002f})), new ExpSyn(1))
                        .timeSteps())
                .containsExactly(0.002, 0.001);
    }
}
