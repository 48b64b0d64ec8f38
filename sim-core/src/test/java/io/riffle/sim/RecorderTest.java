package io.riffle.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.combinators.FFwdStack;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.modules.ExpSyn;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import io.riffle.sim.modules.Rate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private final Module network =
            new Sequential(new Linear(2, 3), new LIF(3), new Sequential(new Rate(3), new ExpSyn(3)));
    private final Tensor input = Tensor.full(Shape.of(2, 5, 2), 3);

    private Tree record(String... paths) {
        return network.resetState()
                .evolve(input, network.recorder(List.of(paths)))
                .record();
    }

    @Test
    void nothingIsRecordedUnlessAskedFor() {
        assertThat(network.evolve(input).record().isEmpty()).isTrue();
        assertThat(record().isEmpty()).isTrue();
        assertThat(Recorder.NONE.wants("vmem")).isFalse();
    }

    @Test
    void everythingHasTheNamesAndShapesOfRockpool() {
        Tree record = network.evolve(input, Recorder.all()).record();
        assertThat(record.paths())
                .containsExactly(
                        "0_Linear_output",
                        "1_LIF.vmem",
                        "1_LIF.isyn",
                        "1_LIF.irec",
                        "1_LIF.spikes",
                        "1_LIF_output",
                        "2_Sequential.0_Rate.rec_input",
                        "2_Sequential.0_Rate.x",
                        "2_Sequential.0_Rate_output",
                        "2_Sequential.1_ExpSyn_output",
                        "2_Sequential_output");
        assertThat(record.tree("0_Linear").isEmpty())
                .as("a module without records keeps its place")
                .isTrue();
        assertThat(record.tensor("1_LIF.isyn").shape()).isEqualTo(Shape.of(2, 5, 3, 1));
        assertThat(record.tensor("1_LIF.vmem").shape()).isEqualTo(Shape.of(2, 5, 3));
    }

    @Test
    void pathsSelectRecordsOrWholeModules() {
        assertThat(record("1_LIF.vmem").paths()).containsExactly("1_LIF.vmem");
        assertThat(record("1_LIF.vmem", "0_Linear_output").paths()).containsExactly("0_Linear_output", "1_LIF.vmem");
        assertThat(record("2_Sequential.0_Rate").paths())
                .containsExactly("2_Sequential.0_Rate.rec_input", "2_Sequential.0_Rate.x");
        assertThat(record("1_LIF").paths()).hasSize(4);
    }

    @Test
    void whatIsRecordedDoesNotDependOnWhatElseIs() {
        Tree everything = network.resetState().evolve(input, Recorder.all()).record();
        for (String path : everything.paths()) {
            assertThat(record(path).tensor(path)).as(path).isEqualTo(everything.tensor(path));
        }
    }

    @Test
    void recordableTellsThePathsWithoutTouchingTheState() {
        Tree state = network.evolve(input).state();
        assertThat(network.recordable().paths()).contains("1_LIF.vmem", "2_Sequential.0_Rate.x", "2_Sequential_output");
        assertThat(network.recordable().tensor("1_LIF.isyn").shape()).isEqualTo(Shape.of(1, 0, 3, 1));
        assertThat(network.state()).isEqualTo(state);
    }

    @Test
    void aPathThatNobodyRecordsIsAnErrorWithTheNearest() {
        assertThatThrownBy(() -> network.recorder(Set.of("1_LIF.vmen")))
                .isInstanceOf(RiffleException.class)
                .hasMessage("Sequential records no '1_LIF.vmen', did you mean '1_LIF.vmem'?");
        assertThatThrownBy(() -> new Linear(1, 1).recorder(Set.of("weight")))
                .hasMessage("Linear records no 'weight', expected none");
    }

    @Test
    void theRecordsOfAStackAreTheOutputsBeforeTheWeights() {
        Module stack = new FFwdStack(new Rate(2), new Rate(3));
        assertThat(stack.recordable().paths())
                .containsExactly("0_Rate.rec_input", "0_Rate.x", "0_Rate_output", "1_Rate.rec_input", "1_Rate.x");
    }
}
