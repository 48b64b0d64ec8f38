package io.riffle.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.sim.combinators.FFwdStack;
import io.riffle.sim.combinators.Residual;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.examples.FfwdNet;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import io.riffle.sim.modules.Rate;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrintingTest {

    @Test
    void aModuleWithoutANameIsPrintedWithTwoSpaces() {
        assertThat(new Rate(4)).hasToString("Rate  with shape (4,)");
        assertThat(new LIF(4)).hasToString("LIF  with shape (4, 4)");
    }

    @Test
    void subModulesAreIndentedInBraces() {
        assertThat(new FfwdNet(4, 6))
                .hasToString(
                        """
                        FfwdNet  with shape (4, 6) {
                            Rate 'neurons' with shape (6,)
                        }""");
        assertThat(new Sequential(new Residual(new Linear(2, 2)), new FFwdStack(new Rate(2), new Rate(3))))
                .hasToString(
                        """
                        Sequential  with shape (2, 3) {
                            Residual '0_Residual' with shape (2, 2) {
                                Linear '0_Linear' with shape (2, 2)
                            }
                            FFwdStack '1_FFwdStack' with shape (2, 3) {
                                Rate '0_Rate' with shape (2,)
                                Rate '1_Rate' with shape (3,)
                            }
                        }""");
    }

    @Test
    void modulesTellTheirNamesAndPlaces() {
        Module network = new Sequential(new Sequential(new Linear(2, 3)), new LIF(3));
        Module linear = network.modules().get("0_Sequential").modules().get("0_Linear");
        assertThat(network.name()).isEmpty();
        assertThat(network.fullName()).isEqualTo("Sequential ");
        assertThat(network.where()).isEqualTo("Sequential");
        assertThat(linear.name()).contains("0_Linear");
        assertThat(linear.fullName()).isEqualTo("Linear '0_Linear'");
        assertThat(linear.where()).isEqualTo("Linear '0_Sequential.0_Linear'");
        assertThat(linear.className()).isEqualTo("Linear");
    }

    @Test
    void modulesTellTheirShape() {
        Module network = new Sequential(new Linear(2, 3), new LIF(3));
        assertThat(network.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(network.sizeIn()).isEqualTo(2);
        assertThat(network.sizeOut()).isEqualTo(3);
        assertThat(network.spikingInput()).isFalse();
        assertThat(network.spikingOutput()).isTrue();
    }

    @Test
    void shapesPrintAsPythonTuples() {
        assertThat(List.of(Shape.SCALAR, Shape.of(4), Shape.of(4, 6)))
                .extracting(Shape::toString)
                .containsExactly("()", "(4,)", "(4, 6)");
    }

    @Test
    void valuesPrintShortly() {
        assertThat(Tensor.zeros(Shape.of(100, 64))).hasToString("Tensor f32[100,64]");
        assertThat(Tensor.scalar(0.5)).hasToString("0.5");
        assertThat(Parameter.of(new float[3]).family(Family.TAUS)).hasToString("Parameter(shape=(3,), family=taus)");
        assertThat(State.withShape(Shape.of(3))).hasToString("State(shape=(3,))");
        assertThat(SimulationParameter.of(0.001)).hasToString("SimulationParameter(0.001)");
        assertThat(Constant.of(3)).hasToString("Constant(3.0)");
        assertThat(new LIF(2).state()).hasToString("{vmem=Tensor f32[2], isyn=Tensor f32[2,1], spikes=Tensor f32[2]}");
    }
}
