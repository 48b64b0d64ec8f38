package io.riffle.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.combinators.FFwdStack;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.examples.FfwdNet;
import io.riffle.sim.modules.ExpSyn;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import io.riffle.sim.modules.Rate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttributesTest {
    private final Module network = new Sequential(
            new Linear(Arguments.shape(2, 3).with("has_bias", true)),
            new LIF(Arguments.shape(3).with("tau_mem", Constant.of(0.01)).with("threshold", 2)),
            new ExpSyn(3));

    @Test
    void parametersAreNestedByNameInOrder() {
        assertThat(network.parameters().paths())
                .containsExactly(
                        "0_Linear.weight",
                        "0_Linear.bias",
                        "1_LIF.tau_syn",
                        "1_LIF.bias",
                        "1_LIF.threshold",
                        "2_ExpSyn.tau");
        assertThat(network.parameters().tensor("1_LIF.threshold")).isEqualTo(Tensor.scalar(2));
        assertThat(new FfwdNet(2, 3).parameters().paths())
                .containsExactly("w_ffwd", "neurons.tau", "neurons.bias", "neurons.threshold");
    }

    @Test
    void modulesWithoutParametersOrStatesKeepTheirPlace() {
        assertThat(network.state().names()).containsExactly("0_Linear", "1_LIF", "2_ExpSyn");
        assertThat(network.state().tree("0_Linear").isEmpty()).isTrue();
        assertThat(network.state().paths())
                .containsExactly("1_LIF.vmem", "1_LIF.isyn", "1_LIF.spikes", "2_ExpSyn.isyn");
    }

    @Test
    void aConstantIsASimulationParameter() {
        assertThat(network.simulationParameters().paths())
                .containsExactly(
                        "1_LIF.tau_mem",
                        "1_LIF.has_rec",
                        "1_LIF.dt",
                        "1_LIF.noise_std",
                        "1_LIF.max_spikes_per_dt",
                        "2_ExpSyn.noise_std",
                        "2_ExpSyn.dt");
        assertThat(network.simulationParameters().get("1_LIF.tau_mem")).isEqualTo(Tensor.scalar(0.01));
    }

    @Test
    void aFamilyIsFoundByValueInTheSingularAndInThePlural() {
        assertThat(network.parameters("taus").paths()).containsExactly("1_LIF.tau_syn", "2_ExpSyn.tau");
        assertThat(network.parameters("ta" + "us".trim())).isEqualTo(network.parameters(Family.TAUS));
        assertThat(network.parameters("bias").paths()).containsExactly("0_Linear.bias", "1_LIF.bias");
        assertThat(network.parameters("biases")).isEqualTo(network.parameters("bias"));
        assertThat(network.parameters("threshold")).isEqualTo(network.parameters("thresholds"));
        assertThat(network.parameters("nonsense").isEmpty()).isTrue();
        assertThat(Family.of("bias")).isEqualTo(Family.of("biases")).hasSameHashCodeAs(Family.of("biases"));
        assertThat(Family.of("bias")).isNotEqualTo(Family.of("weights"));
    }

    @Test
    void severalFamiliesKeepTheOrderOfTheModules() {
        assertThat(network.parameters("taus", "weights").paths())
                .containsExactly("0_Linear.weight", "1_LIF.tau_syn", "2_ExpSyn.tau");
        assertThat(network.parameters(Family.WEIGHTS, Family.WEIGHTS).paths()).containsExactly("0_Linear.weight");
    }

    @Test
    void attributesAreFoundByNameWhateverTheirKind() {
        assertThat(network.attributesNamed("isyn").paths()).containsExactly("1_LIF.isyn", "2_ExpSyn.isyn");
        assertThat(network.attributesNamed("tau_mem", "tau").paths()).containsExactly("1_LIF.tau_mem", "2_ExpSyn.tau");
        assertThat(network.attributesNamed("none").isEmpty()).isTrue();
    }

    @Test
    void theWeightsOfAStackComeBeforeItsModules() {
        assertThat(new FFwdStack(new Rate(2), new Rate(3), new Rate(1))
                        .parameters()
                        .names())
                .containsExactly("0_1_weight", "1_2_weight", "0_Rate", "1_Rate", "2_Rate");
    }

    @Test
    void setAttributesSetsEveryKindAndReturnsTheModule() {
        assertThat(network.setAttributes(Tree.of("1_LIF.vmem", new float[] {1, 2, 3})
                        .with("1_LIF.threshold", 5)
                        .with("1_LIF.tau_mem", 0.02)
                        .with("2_ExpSyn.dt", 0.5)))
                .isSameAs(network);
        assertThat(network.state().tensor("1_LIF.vmem")).isEqualTo(Tensor.of(1f, 2f, 3f));
        assertThat(network.parameters().tensor("1_LIF.threshold")).isEqualTo(Tensor.scalar(5));
        assertThat(network.simulationParameters().tensor("1_LIF.tau_mem")).isEqualTo(Tensor.scalar(0.02));
        assertThat(network.simulationParameters().get("2_ExpSyn.dt")).isEqualTo(0.5);
    }

    @Test
    void whatWasReadCanBeSet() {
        network.evolve(Tensor.full(Shape.of(3, 8, 2), 5));
        Tree state = network.state();
        Tree parameters = network.parameters();
        network.evolve(Tensor.full(Shape.of(3, 8, 2), 5));
        assertThat(network.state()).isNotEqualTo(state);
        network.setAttributes(parameters).setAttributes(state);
        assertThat(network.state()).isEqualTo(state);
    }

    @Test
    void setAttributesChangesTheDynamicsAtOnce() {
        Module synapse = new ExpSyn(Arguments.shape(1).with("tau", 0.01));
        float slow = synapse.evolve(Tensor.of(1f)).output().get(0, 0, 0);
        synapse.resetState().setAttributes(Tree.of("tau", 0.001));
        assertThat(synapse.evolve(Tensor.of(1f)).output().get(0, 0, 0))
                .isLessThan(slow)
                .isEqualTo((float) StrictMath.exp(-1));
    }

    @Test
    void aMisspeltNameIsAnErrorWithTheNearestName() {
        assertThatThrownBy(() -> network.setAttributes(Tree.of("1_LIF.tau_men", 1)))
                .isInstanceOf(RiffleException.class)
                .hasMessage("LIF '1_LIF' has no attribute 'tau_men', did you mean 'tau_mem'?");
        assertThatThrownBy(() -> network.setAttributes(Tree.of("1_LIFF.tau_mem", 1)))
                .hasMessage("Sequential has no attribute '1_LIFF', did you mean '1_LIF'?");
        assertThatThrownBy(() -> network.setAttributes(Tree.of("something", 1)))
                .hasMessage("Sequential has no attribute 'something', expected one of [0_Linear, 1_LIF, 2_ExpSyn]");
        assertThatThrownBy(() -> network.setAttributes(Tree.of("1_LIF", 1)))
                .hasMessage("Sequential: 1_LIF is a module and is to be set to 1, expected names below it");
        assertThatThrownBy(() -> network.setAttributes(Tree.of("1_LIF.vmem.x", 1)))
                .hasMessage("LIF '1_LIF': vmem is to be set to {x=1}, expected a tensor");
    }

    @Test
    void aWrongShapeOrKindIsAnError() {
        assertThatThrownBy(() -> network.setAttributes(Tree.of("0_Linear.weight", new float[3])))
                .hasMessage("Linear '0_Linear': weight is to be set to the shape (3,), expected (2, 3)");
        assertThatThrownBy(() -> network.setAttributes(Tree.of("1_LIF.threshold", new float[3])))
                .hasMessage("LIF '1_LIF': threshold is to be set to the shape (3,), expected ()");
        assertThatThrownBy(() -> network.setAttributes(Tree.of("1_LIF.vmem", new float[2])))
                .hasMessage("LIF '1_LIF': vmem is to be set to the shape (2,), expected (3,) or (1, 3)");
        assertThatThrownBy(() -> network.setAttributes(Tree.of("1_LIF.dt", "fast")))
                .hasMessage("LIF '1_LIF': dt is to be set to fast, expected a number");
        assertThatThrownBy(() -> network.setAttributes(Tree.of("1_LIF.has_rec", true)))
                .hasMessage("LIF '1_LIF': has_rec cannot be set, it is decided when the module is constructed");
        assertThatThrownBy(() -> network.setAttributes(Tree.of("0_Linear.bias", new float[] {1, Float.NaN, 3})))
                .hasMessage("Linear '0_Linear': bias holds a value that is not finite, expected numbers");
    }

    @Test
    void aFailedSetChangesNothing() {
        network.evolve(Tensor.full(Shape.of(8, 2), 5));
        Tree parameters = network.parameters();
        Tree simulation = network.simulationParameters();
        Tree state = network.state();
        List<Tree> wrong = List.of(
                Tree.of("1_LIF.threshold", 3).with("1_LIF.unknown", 1),
                Tree.of("1_LIF.threshold", 3).with("1_LIF.vmem", new float[7]),
                Tree.of("1_LIF.vmem", new float[] {7, 7, 7}).with("1_LIF.threshold", -1),
                Tree.of("2_ExpSyn.tau", 3).with("2_ExpSyn.dt", -1.0));
        for (Tree values : wrong) {
            assertThatThrownBy(() -> network.setAttributes(values)).isInstanceOf(RiffleException.class);
            assertThat(network.parameters()).isEqualTo(parameters);
            assertThat(network.simulationParameters()).isEqualTo(simulation);
            assertThat(network.state()).isEqualTo(state);
        }
        assertThat(network.evolve(Tensor.full(Shape.of(8, 2), 5)).output().batches())
                .isEqualTo(1);
    }

    @Test
    void aValueWithWhichNothingCanBeComputedIsAnErrorWhenItIsSet() {
        assertThatThrownBy(() -> network.setAttributes(Tree.of("1_LIF.threshold", 0)))
                .hasMessage("LIF '1_LIF': threshold is 0.0, expected above 0");
    }

    @Test
    void resetParametersGivesTheInitialValuesWithTheirFamilies() {
        Tree initial = network.parameters();
        network.setAttributes(Tree.of("1_LIF.threshold", 5)
                .with("0_Linear.weight", Tensor.zeros(Shape.of(2, 3)))
                .with("2_ExpSyn.dt", 0.5));
        assertThat(network.resetParameters()).isSameAs(network);
        assertThat(network.parameters()).isEqualTo(initial);
        assertThat(network.parameters("taus").paths()).containsExactly("1_LIF.tau_syn", "2_ExpSyn.tau");
        assertThat(network.simulationParameters().get("2_ExpSyn.dt"))
                .as("stays")
                .isEqualTo(0.5);
    }

    @Test
    void resetParametersChangesTheDynamicsBack() {
        Module synapse = new ExpSyn(1);
        Tensor initial = synapse.evolve(Tensor.of(1f)).output();
        synapse.setAttributes(Tree.of("tau", new float[] {0.1f}))
                .resetParameters()
                .resetState();
        assertThat(synapse.evolve(Tensor.of(1f)).output()).isEqualTo(initial);
    }

    @Test
    void resetStateGivesTheInitialStateEveryTime() {
        Tree initial = network.state();
        for (int i = 0; i < 3; i++) {
            network.evolve(Tensor.full(Shape.of(2, 8, 2), 5));
            assertThat(network.state()).isNotEqualTo(initial);
            assertThat(network.resetState()).isSameAs(network);
            assertThat(network.state()).isEqualTo(initial);
        }
    }

    @Test
    void resettingAModuleLeavesTheOthersAsTheyAre() {
        network.evolve(Tensor.full(Shape.of(2, 8, 2), 5));
        Tree before = network.state();
        network.modules().get("1_LIF").resetState();
        assertThat(network.state().tree("2_ExpSyn")).isEqualTo(before.tree("2_ExpSyn"));
        assertThat(network.state().tensor("1_LIF.vmem")).isEqualTo(Tensor.zeros(Shape.of(2, 3)));
    }

    @Test
    void nothingThatIsGivenOrTakenIsAliased() {
        float[] bias = {1, 2, 3};
        Module linear = new Linear(Arguments.shape(2, 3).with("bias", bias));
        bias[0] = 99;
        linear.parameters().tensor("bias").toArray()[1] = 99;
        assertThat(linear.parameters().tensor("bias")).isEqualTo(Tensor.of(1f, 2f, 3f));

        Evolution first = network.evolve(Tensor.full(Shape.of(8, 2), 5), Recorder.all());
        Tensor vmem = first.state().tensor("1_LIF.vmem");
        float[] recorded = first.record().tensor("1_LIF.vmem").toArray();
        float[] kept = vmem.toArray();
        network.evolve(Tensor.full(Shape.of(8, 2), 5), Recorder.all());
        assertThat(vmem.toArray()).isEqualTo(kept);
        assertThat(first.record().tensor("1_LIF.vmem").toArray()).isEqualTo(recorded);
    }

    @Test
    void treesSayWhatIsThereWhenANameIsNot() {
        assertThatThrownBy(() -> new Rate(1).parameters().get("taus"))
                .hasMessage("no 'taus' here, expected one of [tau, bias, threshold]");
        assertThatThrownBy(() -> network.parameters().tensor("1_LIF")).hasMessageContaining("expected a tensor");
        assertThatThrownBy(() -> network.parameters().tree("1_LIF.bias"))
                .hasMessage("'1_LIF.bias' is Tensor f32[3], expected more names below it");
    }
}
