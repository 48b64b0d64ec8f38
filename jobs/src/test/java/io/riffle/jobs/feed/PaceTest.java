package io.riffle.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLI = 1_000_000;

    @Test
    void isDueAtOnceAndThenOncePerPeriod() {
        Pace pace = new Pace(20);
        assertThat(pace.isDue(5 * MILLI)).isTrue();
        assertThat(pace.isDue(15 * MILLI)).isFalse();
        assertThat(pace.isDue(25 * MILLI)).isTrue();
        assertThat(pace.isDue(35 * MILLI)).isFalse();
        assertThat(pace.isDue(45 * MILLI)).isTrue();
    }

    @Test
    void keepsItsGridForACallerThatComesAMomentEarlyOrLate() {
        Pace pace = new Pace(20);
        pace.isDue(0);
        assertThat(pace.isDue(19 * MILLI)).isTrue();
        assertThat(pace.isDue(43 * MILLI)).isTrue();
        assertThat(pace.isDue(59 * MILLI)).isTrue();
    }

    @Test
    void doesNotCatchUpWhatWasMissed() {
        Pace pace = new Pace(20);
        pace.isDue(0);
        assertThat(pace.isDue(500 * MILLI)).isTrue();
        assertThat(pace.isDue(510 * MILLI)).isFalse();
        assertThat(pace.isDue(520 * MILLI)).isTrue();
    }
}
