package io.riffle.sim.combinators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.modules.Instant;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import io.riffle.sim.modules.Rate;
import java.util.List;
import org.junit.jupiter.api.Test;

class CombinatorsTest {
    private static Module twice() {
        return new Linear(Arguments.shape(1, 1).with("weight", new double[][] {{2}}));
    }

    private static Arguments modules(Module... modules) {
        return Arguments.none().with("modules", List.of(modules));
    }

    private static float[] evolve(Module module, double... input) {
        return module.evolve(Tensor.of(input).reshape(input.length, 1)).output().toArray();
    }

    @Test
    void sequentialGivesTheOutputOfOneToTheNext() {
        assertThat(evolve(new Sequential(twice(), twice(), twice()), 1, 3)).containsExactly(8, 24);
    }

    @Test
    void residualAddsItsInput() {
        assertThat(evolve(new Residual(twice(), twice()), 1, 3)).containsExactly(5, 15);
    }

    @Test
    void aStackMultipliesByItsWeightsInBetween() {
        Module stack = new FFwdStack(modules(new Instant(Arguments.shape(1)), new Instant(Arguments.shape(2)))
                .with("weights", List.of(Tensor.wrap(new float[] {3, 4}, 1, 2))));
        assertThat(evolve(stack, 1, 2)).containsExactly(3, 4, 6, 8);
        assertThat(new FFwdStack(new Rate(1), new Rate(2)).parameters().tensor("0_1_weight"))
                .isEqualTo(Tensor.zeros(Shape.of(1, 2)));
    }

    @Test
    void modulesAreNamedByPlaceAndClassOrAsGiven() {
        assertThat(new Sequential(twice(), new Rate(1)).modules().keySet()).containsExactly("0_Linear", "1_Rate");
        assertThat(new Sequential(modules(twice(), new Rate(1)).with("names", List.of("in", "out")))
                        .modules()
                        .keySet())
                .containsExactly("in", "out");
    }

    @Test
    void sizesThatDoNotFitNameBothModulesAndBothSizes() {
        assertThatThrownBy(() -> new Sequential(new Linear(2, 3), new LIF(4)))
                .hasMessage("Sequential: '0_Linear' gives 3 channels, but '1_LIF' takes 4");
        assertThatThrownBy(() -> new Residual(new Linear(2, 1), new LIF(2)))
                .hasMessage("Residual: '0_Linear' gives 1 channel, but '1_LIF' takes 2");
        assertThatThrownBy(() -> new Residual(new Linear(2, 3)))
                .hasMessage("Residual: the first module takes 2 channels, but the last gives 3; expected the same");
        assertThatThrownBy(() -> new FFwdStack(modules(new Rate(1), new Rate(2))
                        .with("weights", List.of(Tensor.wrap(new float[] {3, 4, 5}, 1, 3)))))
                .hasMessage("FFwdStack: 0_1_weight has the shape (1, 3), expected (1, 2)");
    }

    @Test
    void wrongArgumentsAreNamed() {
        assertThatThrownBy(() -> new Sequential()).hasMessage("Sequential: 0 modules given, expected at least 1");
        assertThatThrownBy(() -> new FFwdStack(new Rate(1)))
                .hasMessage("FFwdStack: 1 module given, expected at least 2");
        assertThatThrownBy(
                        () -> new Sequential(modules(new Rate(1), new Rate(1)).with("names", List.of("a", "a"))))
                .hasMessage("Sequential: the name 'a' is given to two modules");
        assertThatThrownBy(
                        () -> new Sequential(modules(new Rate(1), new Rate(1)).with("names", List.of("a"))))
                .hasMessage("Sequential: 1 name given for 2 modules, expected one for each");
        assertThatThrownBy(() -> new Sequential(modules(new Rate(1)).with("names", List.of("a.b"))))
                .hasMessage("Sequential: 'a.b' cannot be a name, expected letters without a dot");
        assertThatThrownBy(() -> new FFwdStack(modules(new Rate(1), new Rate(2)).with("weights", List.of(1, 2))))
                .hasMessage("FFwdStack: 2 matrices of weights are given for 2 modules, expected 1");
        assertThatThrownBy(() -> new Sequential(modules(new Rate(1)).with("shape", 3)))
                .hasMessage("Sequential has no argument 'shape', it follows from its modules");
        assertThatThrownBy(() -> new Sequential(Arguments.none()))
                .hasMessage("Sequential: argument 'modules' is missing");
        assertThatThrownBy(() -> new Sequential(Arguments.none().with("modules", List.of("LIF"))))
                .hasMessage("Sequential: argument 'modules[0]' is 'LIF', expected a module");
    }
}
