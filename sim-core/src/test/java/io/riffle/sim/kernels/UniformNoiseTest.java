package io.riffle.sim.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UniformNoiseTest {
    @Test
    void isUniform() {
        int draws = 20_000;
        double[] sorted = new double[draws];
        for (int i = 0; i < draws; i++) {
            sorted[i] = Noise.of(1, 2, 3).uniform(1_000_000_000L + i / 10, i % 10);
        }
        Arrays.sort(sorted);
        assertThat(sorted[0]).isNotNegative();
        assertThat(sorted[draws - 1]).isLessThan(1);
        double largest = 0;
        for (int i = 0; i < draws; i++) {
            largest = Math.max(largest, Math.max(sorted[i] - (double) i / draws, (i + 1.0) / draws - sorted[i]));
        }
        // Kolmogorov and Smirnov: exceeded by one sample in a thousand.
        assertThat(largest).isLessThan(1.95 / Math.sqrt(draws));
    }

    @Test
    void hasNothingToDoWithTheNormalNoiseOfTheSamePlace() {
        int draws = 20_000;
        double product = 0;
        for (int i = 0; i < draws; i++) {
            Noise noise = Noise.of(1, 2, 3);
            product += (noise.uniform(i, 0) - 0.5) * noise.normal(i, 0);
        }
        assertThat(product / draws).isCloseTo(0, within(4 * Math.sqrt(1 / 12.0 / draws)));
    }

    @Test
    void isAFunctionOfItsPlaceAlone() {
        double drawn = Noise.of(1, Noise.key("s"), 3).uniform(4, 5);
        assertThat(Noise.of(1, Noise.key("s"), 3).uniform(4, 5)).isEqualTo(drawn);
        assertThat(Noise.of(2, Noise.key("s"), 3).uniform(4, 5)).isNotEqualTo(drawn);
        assertThat(Noise.of(1, Noise.key("t"), 3).uniform(4, 5)).isNotEqualTo(drawn);
        assertThat(Noise.of(1, Noise.key("s"), 4).uniform(4, 5)).isNotEqualTo(drawn);
        assertThat(Noise.of(1, Noise.key("s"), 3).uniform(5, 5)).isNotEqualTo(drawn);
        assertThat(Noise.of(1, Noise.key("s"), 3).uniform(4, 6)).isNotEqualTo(drawn);
    }
}
