package io.riffle.jobs.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.Chunk;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History(4, 0.01);

    @Test
    void keepsTheLastSteps() {
        history.add(chunk(10, 1, 2, 3));
        history.add(chunk(13, 4, 5));
        assertThat(history.beginStep()).isEqualTo(11);
        assertThat(history.endStep()).isEqualTo(15);
        assertThat(values(10, 16)).containsExactly(0, 2, 3, 4, 5, 0);
        assertThat(history.latest(0)).isEqualTo(5);
        assertThat(history.sum(12, 15, 0, 1)).isEqualTo(12);
    }

    @Test
    void keepsTheEndOfAChunkThatIsTooLong() {
        history.add(chunk(0, 1, 2, 3, 4, 5, 6));
        assertThat(values(0, 6)).containsExactly(0, 0, 3, 4, 5, 6);
    }

    @Test
    void fillsAHoleWithZeros() {
        history.add(chunk(0, 1, 2));
        history.add(chunk(3, 4));
        assertThat(values(0, 4)).containsExactly(1, 2, 0, 4);
    }

    @Test
    void passesOverStepsThatItHasAlready() {
        history.add(chunk(0, 1, 2, 3));
        history.add(chunk(0, 1, 2, 3));
        history.add(chunk(3, 4, 5));
        assertThat(values(0, 5)).containsExactly(0, 2, 3, 4, 5);
    }

    @Test
    void beginsAnewWhenTheStreamDoes() {
        history.add(chunk(1_000, 1, 2));
        history.add(chunk(0, 7));
        assertThat(history.beginStep()).isZero();
        assertThat(history.endStep()).isEqualTo(1);
        history.add(new Chunk("s", 1, 1, 2, new float[] {8, 9}));
        assertThat(history.channels()).isEqualTo(2);
        assertThat(history.latest(1)).isEqualTo(9);
    }

    @Test
    void knowsCountsFromOtherValues() {
        history.add(chunk(0, 0, 1, 2));
        assertThat(history.isCounts()).isTrue();
        history.add(chunk(3, 0.5f));
        assertThat(history.isCounts()).isFalse();
        assertThat(history.largest()).isEqualTo(2);
    }

    private float[] values(long from, long to) {
        float[] values = new float[(int) (to - from)];
        for (int index = 0; index < values.length; index++) {
            values[index] = history.value(from + index, 0);
        }
        return values;
    }

    private static Chunk chunk(long firstStep, float... values) {
        return new Chunk("s", firstStep, values.length, 1, values);
    }
}
