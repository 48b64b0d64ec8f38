package io.riffle.sim.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import org.junit.jupiter.api.Test;

class EventSeriesTest {
    private final EventSeries events =
            EventSeries.of(0, 0.5, 2, new double[] {0.3, 0.05, 0.1, 0.19999, 0.3}, new int[] {1, 0, 1, 1, 1});

    @Test
    void eventsAreInTheOrderOfTimeAndChannel() {
        EventSeries series = EventSeries.of(0, 1, 2, new double[] {0.5, 0.2, 0.5}, new int[] {1, 0, 0});
        assertThat(series.times()).containsExactly(0.2, 0.5, 0.5);
        assertThat(series.channelIndices()).containsExactly(0, 0, 1);
        assertThat(series.count()).isEqualTo(3);
    }

    @Test
    void eventsAreCountedWithinEachStepItsEndExcluded() {
        assertThat(events.raster(0.1)).isEqualTo(Tensor.of(new float[][] {{1, 0}, {0, 2}, {0, 0}, {0, 2}, {0, 0}}));
        assertThat(events.raster(0.25)).isEqualTo(Tensor.of(new float[][] {{1, 2}, {0, 2}}));
    }

    @Test
    void anEventThatMissesAStepByRoundingIsInIt() {
        for (double time : new double[] {0.3, 3 * 0.1}) {
            EventSeries one = EventSeries.of(0, 0.5, 1, new double[] {time}, new int[] {0});
            assertThat(one.raster(0.1).toArray()).containsExactly(0, 0, 0, 1, 0);
            assertThat(one.clip(0.3, 0.5).count()).isEqualTo(1);
            assertThat(one.clip(0, 0.3).count()).isZero();
        }
    }

    @Test
    void aRasterBecomesEventsOnItsSteps() {
        Tensor counts = Tensor.of(new float[][] {{0, 2}, {0, 0}, {1, 0}});
        EventSeries series = EventSeries.ofRaster(0.1, 3, counts);
        assertThat(series.times()).containsExactly(3 * 0.1, 3 * 0.1, 5 * 0.1);
        assertThat(series.channelIndices()).containsExactly(1, 1, 0);
        assertThat(series.start()).isEqualTo(3 * 0.1);
        assertThat(series.stop()).isEqualTo(6 * 0.1);
        assertThat(series.firstStep(0.1)).isEqualTo(3);
        assertThat(series.raster(0.1)).isEqualTo(counts);
        assertThatThrownBy(() -> EventSeries.ofRaster(0.1, 0, Tensor.of(new float[][] {{0, 0}, {0, 0.5f}})))
                .isInstanceOf(RiffleException.class)
                .hasMessage("channel '1' has 0.5 events in the step at 0.1 s, expected a whole number");
        assertThatThrownBy(() -> EventSeries.ofRaster(0.1, 0, Tensor.of(new float[][] {{-1}})))
                .hasMessage("channel '0' has -1.0 events in the step at 0 s, expected a whole number");
        assertThatThrownBy(() -> EventSeries.ofRaster(0.1, 0, Tensor.of(1f)))
                .hasMessage("counts of the shape (1,) were given, expected (T, N)");
    }

    @Test
    void whatLiesOutsideIsAnErrorOrNone() {
        assertThatThrownBy(() -> events.raster(0.2))
                .hasMessage("the steps from 0 s to 0.6 s were asked for, but the series goes from 0 s to 0.5 s:"
                        + " clip it to whole steps, or declare what lies outside");
        assertThat(events.raster(0.2, -1, 4, Outside.fill(0)))
                .isEqualTo(Tensor.of(new float[][] {{0, 0}, {1, 2}, {0, 2}, {0, 0}}));
        assertThatThrownBy(() -> events.raster(0.1, 0, 6, Outside.HOLD))
                .hasMessage("HOLD was declared for what lies outside of events, expected ERROR or fill(0)");
        assertThatThrownBy(() -> events.raster(0.1, 0, 6, Outside.fill(1)))
                .hasMessage("fill(1.0) was declared for what lies outside of events, expected ERROR or fill(0)");
    }

    @Test
    void aClipHasTheEventsWithinItsEndExcluded() {
        EventSeries piece = events.clip(0.1, 0.3);
        assertThat(piece.times()).containsExactly(0.1, 0.19999);
        assertThat(piece.start()).isEqualTo(0.1);
        assertThat(piece.stop()).isEqualTo(0.3);
        assertThatThrownBy(() -> events.clip(-1, 0.3))
                .hasMessage("a clip from -1 s to 0.3 s was asked for, but the series goes from 0 s to 0.5 s");
    }

    @Test
    void seriesAreAppendedWhereTheyMeet() {
        EventSeries both = events.append(EventSeries.none(0.5, 0.7, 2)).append(events.startingAt(0.7));
        assertThat(both.stop()).isEqualTo(1.2);
        assertThat(both.count()).isEqualTo(10);
        assertThat(both.times()[5]).isEqualTo(0.75);
        assertThatThrownBy(() -> events.append(events.delay(1)))
                .hasMessage("a series that starts at 1 s was appended to one that stops at 0.5 s");
    }

    @Test
    void mergingJoinsChannelsOfTheSameName() {
        EventSeries left = EventSeries.of(0, 1, 2, new double[] {0.1, 0.2}, new int[] {0, 1})
                .named("a", "b");
        EventSeries right = EventSeries.of(0, 1, 2, new double[] {0.2, 0.05}, new int[] {0, 1})
                .named("b", "c");
        EventSeries both = left.merge(right);
        assertThat(both.channels()).containsExactly("a", "b", "c");
        assertThat(both.times()).containsExactly(0.05, 0.1, 0.2, 0.2);
        assertThat(both.channelIndices()).containsExactly(2, 0, 1, 1);
        assertThat(both.select("c", "a").channelIndices()).containsExactly(0, 1);
        assertThatThrownBy(() -> left.merge(right.repeated()))
                .hasMessage("a periodic series cannot be merged with one that is not; clip it first");
    }

    @Test
    void aPeriodicSeriesHasNoEnd() {
        EventSeries beat =
                EventSeries.of(0, 0.3, 1, new double[] {0.1}, new int[] {0}).repeated();
        assertThat(beat.raster(0.1, -2, 8, Outside.ERROR).toArray()).containsExactly(1, 0, 0, 1, 0, 0, 1, 0);
        assertThat(beat.clip(0.3, 1).times()).hasSize(2);
        EventSeries stepped = beat.resample(0.1);
        assertThat(stepped.periodic()).isTrue();
        assertThat(stepped.raster(0.1, 3_000_000_000_000L, 3, Outside.ERROR).toArray())
                .containsExactly(0, 1, 0);
        assertThatThrownBy(() -> beat.clip(0, Double.POSITIVE_INFINITY))
                .hasMessage("a clip from 0 s to Infinity s was asked for, expected finite times");
        assertThatThrownBy(() -> beat.clip(0, 1e9))
                .hasMessageStartingWith("a clip from 0 s to 1E+9 s has 3333333335 samples or events");
    }

    @Test
    void resamplingMovesEventsToTheBeginningOfTheirStep() {
        EventSeries series = events.clip(0.05, 0.35).resample(0.1);
        assertThat(series.start()).isZero();
        assertThat(series.stop()).isEqualTo(0.4);
        assertThat(series.times()).containsExactly(0, 0.1, 0.1, 3 * 0.1, 3 * 0.1);
    }

    @Test
    void whatIsNoSeriesIsAnError() {
        assertThatThrownBy(() -> EventSeries.of(0, 1, 1, new double[] {1}, new int[] {0}))
                .hasMessage("event 0 is at 1 s, expected from 0 s to 1 s, that end excluded");
        assertThatThrownBy(() -> EventSeries.of(0, 1, 1, new double[] {Double.NaN}, new int[] {0}))
                .hasMessage("event 0 is at NaN s, expected from 0 s to 1 s, that end excluded");
        assertThatThrownBy(() -> EventSeries.of(0, 1, 2, new double[] {0.5}, new int[] {2}))
                .hasMessage("event 0 is on channel 2, expected 0 to 1");
        assertThatThrownBy(() -> EventSeries.of(0, 1, 2, new double[] {0.5}, new int[0]))
                .hasMessage("1 times and 0 channels were given, expected one of each for every event");
        assertThatThrownBy(() -> EventSeries.none(0, 1, 0))
                .hasMessage("a series of no channels was asked for, expected at least 1");
    }

    @Test
    void nothingIsAliased() {
        double[] times = {0.5};
        int[] channels = {1};
        EventSeries series = EventSeries.of(0, 1, 2, times, channels);
        times[0] = 0.1;
        channels[0] = 0;
        series.times()[0] = 0;
        series.channelIndices()[0] = 0;
        assertThat(series.times()).containsExactly(0.5);
        assertThat(series.channelIndices()).containsExactly(1);
    }

    @Test
    void printsShortly() {
        assertThat(events).hasToString("EventSeries(0 s to 0.5 s, 2 channels, 5 events)");
    }
}
