package io.riffle.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogScaleTest {
    private final LogScale scale = new LogScale(1_000, 1_000_000);

    @Test
    void bringsDecadesToEqualShares() {
        assertThat(scale.of(0)).isZero();
        assertThat(scale.of(1_000)).isCloseTo(0.1f, within(0.001f));
        assertThat(scale.of(10_000)).isCloseTo(0.347f, within(0.001f));
        assertThat(scale.of(100_000)).isCloseTo(0.668f, within(0.001f));
        assertThat(scale.of(1_000_000)).isEqualTo(1);
    }

    @Test
    void staysWithinZeroAndOne() {
        assertThat(scale.of(1e18)).isEqualTo(1);
        assertThat(scale.of(-5)).isZero();
        assertThat(scale.of(Double.NaN)).isZero();
        assertThat(scale.of(Double.POSITIVE_INFINITY)).isEqualTo(1);
    }
}
