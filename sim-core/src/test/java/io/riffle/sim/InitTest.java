package io.riffle.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.sim.modules.Linear;
import org.junit.jupiter.api.Test;

class InitTest {
    private static final Shape MATRIX = Shape.of(200, 50);

    @Test
    void givesTheSameValuesForTheSameSeedAndOthersForAnother() {
        assertThat(Init.kaiming(1).create(MATRIX)).isEqualTo(Init.kaiming(1).create(MATRIX));
        assertThat(Init.kaiming(1).create(MATRIX)).isNotEqualTo(Init.kaiming(2).create(MATRIX));
    }

    @Test
    void drawsUniformlyWithinItsBound() {
        assertUniform(Init.kaiming(1), Math.sqrt(6.0 / 200));
        assertUniform(Init.xavier(1), Math.sqrt(6.0 / 250));
        assertUniform(Init.uniformSqrt(1), Math.sqrt(1.0 / 50));
        assertUniform(Init.uniform(-2, 2, 1), 2);
    }

    @Test
    void drawsNormallyWithItsDeviation() {
        assertDeviation(Init.normal(0.5, 1), 0.5);
        assertDeviation(Init.unitEigs(1), 1 / Math.sqrt(200));
    }

    @Test
    void givesModulesWithoutWeightsOthersForEachSeed() {
        assertThat(linear(0)).isEqualTo(linear(0)).isNotEqualTo(linear(1));
        assertThat(linear(0)).isEqualTo(new Linear(3, 3).parameters().tensor("weight"));
    }

    private static Tensor linear(int seed) {
        return new Linear(Arguments.shape(3, 3).with("seed", seed)).parameters().tensor("weight");
    }

    @Test
    void fillsWithConstants() {
        assertThat(Init.zeros().create(Shape.of(2))).isEqualTo(Tensor.of(0f, 0f));
        assertThat(Init.ones().create(Shape.of(2))).isEqualTo(Tensor.of(1f, 1f));
        assertThat(Init.constant(0.02).create(Shape.SCALAR)).isEqualTo(Tensor.scalar(0.02));
    }

    /** Ten thousand values: the largest is near the bound, the mean near zero, the deviation that of a uniform draw. */
    private static void assertUniform(Init init, double bound) {
        float largest = 0;
        for (float value : init.create(MATRIX).toArray()) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isBetween((float) (0.99 * bound), (float) bound);
        assertDeviation(init, bound / Math.sqrt(3));
    }

    private static void assertDeviation(Init init, double deviation) {
        double sum = 0;
        double squares = 0;
        float[] values = init.create(MATRIX).toArray();
        for (float value : values) {
            sum += value;
            squares += value * value;
        }
        assertThat(sum / values.length).isBetween(-0.05 * deviation, 0.05 * deviation);
        assertThat(Math.sqrt(squares / values.length)).isBetween(0.97 * deviation, 1.03 * deviation);
    }
}
