package io.riffle.jobs.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter err = new StringWriter();
    private long now = 1000;
    private final Progress progress = new Progress(new PrintWriter(err), () -> now, "steps");

    private void at(double seconds, long count, double share) {
        now = 1000 + (long) (seconds * 1e9);
        progress.at(count, share);
    }

    @Test
    void saysNothingAboutShortWork() {
        at(0.5, 10, 0.5);
        at(1.9, 20, 1);
        assertThat(err.toString()).isEmpty();
        assertThat(progress.seconds()).isEqualTo(1.9);
    }

    @Test
    void tellsRateAndRemainingTimeEveryTwoSeconds() {
        at(2, 100, 0.25);
        at(3, 150, 0.375);
        at(4.5, 225, 0);
        assertThat(err.toString())
                .isEqualTo("100 steps, 25 %, 50 per second, 6 s left\n225 steps, 0 %, 50 per second\n");
    }
}
