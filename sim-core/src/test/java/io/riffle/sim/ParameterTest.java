package io.riffle.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterTest {

    /** A module of one's own around one parameter. */
    private static final class Holder extends Module {
        private final Parameter parameter;

        Holder(Parameter declared) {
            super(Shape.of(1));
            parameter = parameter("w", declared);
        }

        @Override
        public Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
            return input;
        }
    }

    private static Tensor accepted(Parameter declared) {
        return new Holder(declared).parameter.value();
    }

    @Test
    void dataAloneGivesItsShape() {
        assertThat(accepted(Parameter.of(3))).isEqualTo(Tensor.scalar(3));
        assertThat(accepted(Parameter.of(new float[] {1, 2}))).isEqualTo(Tensor.of(1f, 2f));
        assertThat(accepted(Parameter.of(new double[][] {{1, 2}, {3, 4}})).shape())
                .isEqualTo(Shape.of(2, 2));
        assertThat(accepted(Parameter.of(List.of(List.of(1, 2), List.of(3, 4)))).shape())
                .isEqualTo(Shape.of(2, 2));
        assertThat(accepted(Parameter.of(new int[] {1, 2}))).isEqualTo(Tensor.of(1f, 2f));
    }

    @Test
    void withoutDataTheFirstShapeIsMade() {
        assertThat(accepted(Parameter.withShape(Shape.of(2), Shape.SCALAR))).isEqualTo(Tensor.of(0f, 0f));
        assertThat(accepted(Parameter.withShape(Shape.of(2)).init(Init.constant(0.5))))
                .isEqualTo(Tensor.of(0.5f, 0.5f));
        assertThat(accepted(Parameter.withShape(Shape.of(2)).init(Init.ones()))).isEqualTo(Tensor.of(1f, 1f));
    }

    @Test
    void dataMayHaveAnyOfTheShapes() {
        assertThat(accepted(Parameter.of(3).shape(Shape.of(4), Shape.SCALAR)).shape())
                .isEqualTo(Shape.SCALAR);
        assertThat(accepted(Parameter.of(new float[4]).shape(Shape.SCALAR, Shape.of(4)))
                        .shape())
                .isEqualTo(Shape.of(4));
    }

    @Test
    void onesAreAddedOrLeftOutButNothingIsScrambled() {
        float[] flat = {1, 2, 3};
        assertThat(accepted(Parameter.of(flat).shape(Shape.of(3, 1)))).isEqualTo(Tensor.wrap(flat, 3, 1));
        assertThat(accepted(Parameter.of(flat).shape(Shape.of(1, 3)))).isEqualTo(Tensor.wrap(flat, 1, 3));
        assertThat(accepted(Parameter.of(Tensor.wrap(flat, 3, 1)).shape(Shape.of(3))))
                .isEqualTo(Tensor.of(flat));
        assertThat(accepted(Parameter.of(new float[] {3}).shape(Shape.SCALAR))).isEqualTo(Tensor.scalar(3));
        assertThatThrownBy(() ->
                        accepted(Parameter.of(Tensor.zeros(Shape.of(3, 2))).shape(Shape.of(2, 3))))
                .hasMessage("Holder: w has the shape (3, 2), expected (2, 3)");
        assertThatThrownBy(() -> accepted(Parameter.of(new float[6]).shape(Shape.of(2, 3), Shape.SCALAR)))
                .hasMessage("Holder: w has the shape (6,), expected (2, 3) or ()");
    }

    @Test
    void permitReshapeFillsTheFirstShapeOfTheSameCountRowByRow() {
        float[] flat = {1, 2, 3, 4, 5, 6};
        assertThat(accepted(Parameter.of(flat).shape(Shape.of(2, 3)).permitReshape()))
                .isEqualTo(Tensor.wrap(flat, 2, 3));
        assertThatThrownBy(
                        () -> accepted(Parameter.of(flat).shape(Shape.of(2, 2)).permitReshape()))
                .hasMessage("Holder: w has the shape (6,), expected (2, 2)");
    }

    @Test
    void aConstantKeepsItsFamilyAndIsNoParameter() {
        Holder holder = new Holder(Parameter.of(Constant.of(3)).family(Family.TAUS));
        assertThat(holder.parameters().isEmpty()).isTrue();
        assertThat(holder.simulationParameters().get("w")).isEqualTo(Tensor.scalar(3));
        assertThat(holder.attributes().get("w").family()).contains(Family.TAUS);
        assertThat(holder.parameter.shape()).isEqualTo(Shape.SCALAR);
    }

    @Test
    void anInitThatGivesAnotherShapeIsAnError() {
        assertThatThrownBy(() -> accepted(Parameter.withShape(Shape.of(3)).init(shape -> Tensor.of(1f))))
                .hasMessage("Holder: w: its init gave the shape (1,), expected (3,)");
    }

    @Test
    void whatIsNoNumberIsAnError() {
        assertThatThrownBy(() -> Parameter.of(List.of(List.of(1, 2), List.of(3))))
                .hasMessage("row 1 has the shape (1,), expected (2,) like row 0");
        assertThatThrownBy(() -> Parameter.of("text")).hasMessage("'text' is no number and no array of numbers");
        assertThatThrownBy(() -> accepted(Parameter.of(Float.POSITIVE_INFINITY)))
                .hasMessage("Holder: w holds a value that is not finite, expected numbers");
        assertThatThrownBy(() -> Shape.of(2, -1)).hasMessage("a shape has the size -1, expected 0 or more");
        assertThatThrownBy(() -> Shape.of(70000, 70000))
                .hasMessage("a shape of [70000, 70000] holds more than 2147483647 values");
    }

    @Test
    void randomInitialValuesAreTheSameEveryTime() {
        assertThat(new Linear(3, 4).parameters()).isEqualTo(new Linear(3, 4).parameters());
        Tensor weights = new Linear(6, 50).parameters().tensor("weight");
        for (float weight : weights.toArray()) {
            assertThat(weight).isBetween(-1f, 1f);
        }
        assertThat(Init.uniform(0, 1, 1).create(Shape.of(9)))
                .isNotEqualTo(Init.uniform(0, 1, 2).create(Shape.of(9)));
    }

    @Test
    void defaultsAreThoseOfRockpool() {
        Module lif = new LIF(2);
        assertThat(lif.parameters().tensor("tau_mem")).isEqualTo(Tensor.full(Shape.of(2), 0.02));
        assertThat(lif.parameters().tensor("tau_syn")).isEqualTo(Tensor.full(Shape.of(2, 1), 0.02));
        assertThat(lif.parameters().tensor("threshold")).isEqualTo(Tensor.of(1f, 1f));
        assertThat(lif.parameters().tensor("bias")).isEqualTo(Tensor.of(0f, 0f));
        assertThat(lif.simulationParameters().get("dt")).isEqualTo(0.001);
        assertThat(lif.simulationParameters().get("max_spikes_per_dt")).isEqualTo(65536.0);
    }
}
