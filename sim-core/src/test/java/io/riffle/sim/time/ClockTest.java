package io.riffle.sim.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.RiffleException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockTest {
    private final Clock tenths = new Clock(0.1);

    @Test
    void aStepIsAtItsNumberTimesDt() {
        assertThat(tenths.time(3)).isEqualTo(3 * 0.1);
        assertThat(new Clock(0.001).time(1_000_000_000_000L)).isEqualTo(1e9);
    }

    @Test
    void aTimeThatMissesAStepByRoundingIsAtIt() {
        assertThat(0.3).isNotEqualTo(3 * 0.1);
        assertThat(tenths.stepAt(0.3)).hasValue(3);
        assertThat(tenths.floor(0.3)).isEqualTo(3);
        assertThat(tenths.ceil(3 * 0.1)).isEqualTo(3);
        assertThat(tenths.floor(0.3 - 3 * 0.1)).isZero();
        assertThat(tenths.floor(-1e-17)).isZero();
    }

    @Test
    void aStepIsOpenAtItsEnd() {
        assertThat(tenths.floor(0.2999999)).isEqualTo(2);
        assertThat(tenths.ceil(0.3000001)).isEqualTo(4);
        assertThat(tenths.floor(-0.05)).isEqualTo(-1);
        assertThat(tenths.stepAt(0.25)).isEmpty();
    }

    @Test
    void everyStepIsFoundAgainByItsTime() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            Clock clock = new Clock(Math.pow(10, -6 * random.nextDouble()));
            long step = random.nextLong() >> (14 + random.nextInt(50));
            double time = clock.time(step);
            assertThat(clock.floor(time)).as("seed %d", seed).isEqualTo(step);
            assertThat(clock.ceil(time)).as("seed %d", seed).isEqualTo(step);
        }
    }

    @Test
    void durationsAreWholeSteps() {
        assertThat(tenths.steps(1000.3 - 1000)).isEqualTo(3);
        assertThat(tenths.steps(0)).isZero();
        assertThatThrownBy(() -> tenths.steps(0.25))
                .isInstanceOf(RiffleException.class)
                .hasMessage("a duration of 0.25 s was given, expected a multiple of the dt 0.1 s");
        assertThatThrownBy(() -> tenths.steps(-0.1))
                .hasMessage("a duration of -0.1 s was given, expected a multiple of the dt 0.1 s");
        assertThatThrownBy(() -> tenths.steps(1e10))
                .hasMessage("100000000000 steps were asked for, expected at most 2147483647 at once");
    }

    @Test
    void aDtIsPositive() {
        assertThatThrownBy(() -> new Clock(0)).hasMessage("a dt of 0 s was given, expected more than 0 s");
        assertThatThrownBy(() -> new Clock(Double.NaN)).hasMessage("a dt of NaN s was given, expected more than 0 s");
    }

    @Test
    void messagesShowTheDecimalThatWasMeant() {
        assertThat(Clock.seconds(3 * 0.1)).isEqualTo("0.3 s");
        assertThat(Clock.seconds(0)).isEqualTo("0 s");
        assertThat(Clock.seconds(1e9)).isEqualTo("1E+9 s");
    }
}
