package io.riffle.jobs.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StepClockTest {
    private static final long MILLI = 1_000_000;
    private long nanos = 7_000 * MILLI;

    @Test
    void countsFromTheStartSoThatNoDelayAddsUp() {
        StepClock clock = new StepClock(0.01, () -> nanos);
        nanos += 10_000_000 * MILLI;
        assertThat(clock.nanosSince(1_000_000)).isZero();
        assertThat(clock.nanosSince(1_000_001)).isEqualTo(-10 * MILLI);
    }

    @Test
    void hasNoRoundingThatAddsUp() {
        StepClock clock = new StepClock(1 / 60.0, () -> nanos);
        nanos += 3_600_000 * MILLI;
        assertThat(clock.nanosSince(60 * 3_600)).isZero();
    }

    @Test
    void takesAStepForOverWhenTheNextIsDue() {
        StepClock clock = new StepClock(0.01, () -> nanos);
        nanos += 29 * MILLI;
        assertThat(clock.isOver(1)).isTrue();
        assertThat(clock.isOver(2)).isFalse();
        nanos += MILLI;
        assertThat(clock.isOver(2)).isTrue();
    }

    @Test
    void waitsForTheMomentOfAStep() {
        StepClock clock = new StepClock(0.01);
        clock.await(3);
        assertThat(clock.nanosSince(3)).isBetween(0L, 1_000 * MILLI);
    }

    @Test
    void tellsTheTimeOnTheWallHoweverLateItIs() {
        StepClock clock = new StepClock(0.01, () -> nanos);
        nanos += 5_000 * MILLI;
        assertThat(clock.wallMillis(400)).isCloseTo(System.currentTimeMillis() - 1_000, within(200L));
    }
}
