package io.riffle.jobs.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.jobs.view.History;
import io.riffle.schemas.Chunk;
import org.junit.jupiter.api.Test;

class ColumnsTest {
    private static final int[] BOTH = {0, 1};

    @Test
    void aColumnPerStepWhereThereIsRoom() {
        Columns columns = new Columns(10, 13, 0.5, 2, 3, 2);
        columns.add(new Chunk("s", 10, 3, 2, new float[] {1, 2, 3, 4, 5, 6}), BOTH);
        assertThat(columns.columns()).isEqualTo(3);
        assertThat(columns.rows()).isEqualTo(2);
        assertThat(columns.mean(1, 0)).isEqualTo(3);
        assertThat(columns.least(2, 1)).isEqualTo(6).isEqualTo(columns.greatest(2, 1));
        assertThat(columns.beginSeconds(0)).isEqualTo(5);
        assertThat(columns.middleSeconds(2)).isEqualTo(6);
    }

    @Test
    void stepsShareAColumn() {
        Columns columns = new Columns(0, 5, 1, 1, 2, 1);
        columns.add(new Chunk("s", 0, 2, 1, new float[] {4, -2}), BOTH);
        columns.add(new Chunk("s", 2, 3, 1, new float[] {7, 0, 1}), BOTH);
        assertThat(columns.columns()).isEqualTo(2);
        assertThat(columns.least(0, 0)).isEqualTo(-2);
        assertThat(columns.greatest(0, 0)).isEqualTo(7);
        assertThat(columns.mean(0, 0)).isEqualTo(3);
        assertThat(columns.mean(1, 0)).isEqualTo(0.5);
        assertThat(columns.middleSeconds(0)).isEqualTo(1);
        assertThat(columns.middleSeconds(1)).isEqualTo(3.5);
    }

    @Test
    void channelsShareARow() {
        Columns columns = new Columns(0, 1, 1, 3, 10, 2);
        columns.add(new Chunk("s", 0, 1, 4, new float[] {9, 0, 0, 1}), new int[] {1, 2, 3});
        assertThat(columns.rows()).isEqualTo(2);
        assertThat(columns.channelsPerRow()).isEqualTo(2);
        assertThat(columns.any(0, 0)).isFalse();
        assertThat(columns.any(0, 1)).isTrue();
        assertThat(columns.mean(0, 1)).isEqualTo(1);
    }

    @Test
    void oneSpikeIsSeenAmongManySteps() {
        float[] values = new float[100_000];
        values[77_777] = 1;
        Columns columns = new Columns(0, 100_000, 0.001, 1, 1000, 1);
        columns.add(new Chunk("s", 0, 100_000, 1, values), BOTH);
        for (int column = 0; column < 1000; column++) {
            assertThat(columns.any(column, 0)).isEqualTo(column == 777);
        }
    }

    @Test
    void whatLiesOutsideIsLeftOutAndWhatIsMissingIsEmpty() {
        Columns columns = new Columns(2, 5, 1, 1, 10, 1);
        columns.add(new Chunk("s", 0, 3, 1, new float[] {1, 2, 3}), BOTH);
        columns.add(new Chunk("s", 4, 3, 1, new float[] {5, 6, 7}), BOTH);
        assertThat(columns.mean(0, 0)).isEqualTo(3);
        assertThat(columns.isEmpty(1)).isTrue();
        assertThat(columns.mean(2, 0)).isEqualTo(5);
        assertThat(Range.of(columns)).isEqualTo(new Range(3, 5));
    }

    @Test
    void aHistoryIsTakenAsItIs() {
        History history = new History(4, 0.1);
        history.add(new Chunk("s", 0, 6, 1, new float[] {1, 2, 3, 4, 5, 6}));
        Columns columns = Columns.of(history, 1, 6, 100);
        assertThat(columns.mean(0, 0)).isZero(); // not kept any more
        assertThat(columns.mean(4, 0)).isEqualTo(6);
    }
}
