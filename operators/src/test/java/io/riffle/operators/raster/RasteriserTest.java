package io.riffle.operators.raster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.schemas.Samples;
import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps of one second, by hand. */
class RasteriserTest {
    private static final RasterSettings LAST = settings(RasterRule.LAST, 0, 100);

    @Test
    void lastIsTheLatestValueUntilTheEndOfTheStep() {
        TestingRaster raster = raster(LAST);
        raster.arrive(10.0, 1);
        raster.arrive(10.5, 2);
        assertThat(raster.steps()).isEmpty(); // step 10 is not over
        raster.arrive(11.0, 3);
        raster.arrive(13.2, 4);
        raster.arrive(14.0, 5);
        assertThat(raster.steps()).isEqualTo("10=2.0 11=3.0 12=3.0 13=4.0");
    }

    @Test
    void meanIsThatOfTheStepsOwnSamples() {
        TestingRaster raster = raster(settings(RasterRule.MEAN, 0, 100));
        raster.arrive(TestingRaster.of(0, 10.0, 1, 10.25, 3, 10.9, 8, 12.5, 7, 13, 0));
        assertThat(raster.steps()).isEqualTo("10=4.0 11=4.0 12=7.0");
    }

    @Test
    void meanIsRoundedOnce() {
        TestingRaster raster = raster(settings(RasterRule.MEAN, 0, 100));
        raster.arrive(TestingRaster.of(0, 10.0, 1 << 24, 10.25, 1, 10.9, 1, 11, 0));
        assertThat(raster.steps()).isEqualTo("10=" + (float) (((1 << 24) + 2) / 3.0));
    }

    @Test
    void interpolateIsOnTheLineAtTheBeginningOfTheStep() {
        TestingRaster raster = raster(settings(RasterRule.INTERPOLATE, 0, 100));
        raster.arrive(10.0, 1);
        raster.arrive(10.5, 2);
        raster.arrive(12.5, 4);
        assertThat(raster.steps())
                .isEqualTo("10=1.0"); // the sample behind the next steps is in a step that is not over
        raster.arrive(13.5, 0);
        assertThat(raster.steps()).isEqualTo("10=1.0 11=2.5 12=3.5");
        raster.arrive(14.0, 9);
        assertThat(raster.steps()).endsWith(" 13=2.0");
    }

    @Test
    void countsAreSummedUpAndSilenceIsZero() {
        TestingRaster raster = raster(settings(RasterRule.COUNTS, 0, 100));
        raster.arrive(TestingRaster.of(0, 10.0, 1, 10.0, 1, 10.9, 2, 12.5, 7, 14, 1));
        assertThat(raster.steps()).isEqualTo("10=4.0 11=0.0 12=7.0 13=0.0");
    }

    @Test
    void countsStayFinite() {
        TestingRaster raster = raster(settings(RasterRule.COUNTS, 0, 100));
        raster.arrive(TestingRaster.of(
                0, 10, Float.MAX_VALUE, 10, Float.MAX_VALUE, 11, -Float.MAX_VALUE, 11.5, -Float.MAX_VALUE, 12, 0));
        assertThat(raster.steps()).isEqualTo("10=3.4028235E38 11=-3.4028235E38");
    }

    @ParameterizedTest
    @EnumSource
    void theFirstStepIsTheFirstThatWasSeenFromItsBeginning(RasterRule rule) {
        TestingRaster inTheMiddle = raster(settings(rule, 0, 100));
        inTheMiddle.arrive(TestingRaster.of(0, 10.1, 1, 11.5, 1, 13, 1));
        assertThat(inTheMiddle.bits().firstKey()).isEqualTo(11);
        TestingRaster atTheBeginning = raster(settings(rule, 0, 100));
        atTheBeginning.arrive(TestingRaster.of(0, 10.0, 1, 11.5, 1, 13, 1));
        assertThat(atTheBeginning.bits().firstKey()).isEqualTo(10);
    }

    @Test
    void aStepWaitsForTheLateness() {
        TestingRaster raster = raster(settings(RasterRule.COUNTS, 2500, 100));
        raster.arrive(10.0, 1);
        raster.arrive(13.4, 8);
        raster.arrive(10.9, 1); // earlier than the latest by all that is allowed
        assertThat(raster.steps()).isEmpty();
        raster.arrive(13.5, 0);
        assertThat(raster.steps()).isEqualTo("10=2.0");
        assertThat(raster.refused).isEmpty();
    }

    @Test
    void whatComesTooLateIsLeftOut() {
        TestingRaster raster = raster(settings(RasterRule.COUNTS, 1000, 100));
        raster.arrive(10.0, 1);
        raster.arrive(12.5, 1);
        raster.arrive(TestingRaster.of(0, 10.7, 5, 11.7, 5, 10.9, 5));
        raster.arrive(TestingRaster.of(0, 10.7, 5, 10.8, 5));
        raster.arrive(14, 1);
        assertThat(raster.steps()).isEqualTo("10=1.0 11=5.0 12=1.0");
        assertThat(raster.refused)
                .containsExactly(
                        "stale: stream 'a' sent 3 samples; 2 of them, before 1970-01-01T00:00:11Z, come too late and are"
                                + " left out; expected at most 1000 ms behind the latest (a wrong clock: a new run,"
                                + " riffle.run above 0)",
                        "stale: stream 'a' sent 2 samples; 2 of them, before 1970-01-01T00:00:11Z, come too late and are"
                                + " left out; expected at most 1000 ms behind the latest (a wrong clock: a new run,"
                                + " riffle.run above 0)");
    }

    @ParameterizedTest
    @EnumSource
    void aRecordMayBeInAnyOrder(RasterRule rule) {
        TestingRaster ordered = raster(settings(rule, 0, 100));
        ordered.arrive(TestingRaster.of(0, 10, 1, 10.5, 2, 11.5, 3, 13, 4));
        TestingRaster mixed = raster(settings(rule, 0, 100));
        mixed.arrive(TestingRaster.of(0, 11.5, 3, 10, 1, 13, 4, 10.5, 2));
        assertThat(mixed.bits()).isEqualTo(ordered.bits()).isNotEmpty();
        assertThat(mixed.refused).isEmpty();
    }

    @Test
    void aSilenceIsFilledOnlySoFar() {
        assertThat(silence(RasterRule.LAST)).isEqualTo("10=1.0 11=1.0 12=1.0 14=5.0 15=3.0");
        assertThat(silence(RasterRule.MEAN)).isEqualTo("10=1.0 11=1.0 12=1.0 14=5.0 15=3.0");
        assertThat(silence(RasterRule.COUNTS)).isEqualTo("10=1.0 11=0.0 12=0.0 14=5.0 15=3.0");
        // on the line, and then from the next sample on
        assertThat(silence(RasterRule.INTERPOLATE)).isEqualTo("10=1.0 11=2.0 12=3.0 15=3.0");
    }

    /** Of three steps, and two are filled. */
    private static String silence(RasterRule rule) {
        boolean onTheLine = rule == RasterRule.INTERPOLATE;
        TestingRaster raster = raster(settings(rule, 0, 2));
        raster.arrive(10, 1);
        raster.arrive(14.5, onTheLine ? 5.5 : 5);
        raster.arrive(15, 3);
        raster.arrive(16, 7);
        return raster.steps();
    }

    @Test
    void signsOfLifeMakeStepsFinal() {
        TestingRaster raster = raster(settings(RasterRule.LAST, 500, 3));
        raster.arrive(10, 1);
        raster.heartbeat(11.4);
        raster.heartbeat(11.5);
        assertThat(raster.steps()).isEqualTo("10=1.0");
        raster.arrive(10.9, 7);
        assertThat(raster.refused).hasSize(1);
    }

    @Test
    void aStreamThatLivesIsNotSilent() {
        TestingRaster raster = raster(settings(RasterRule.COUNTS, 0, 2));
        raster.arrive(10, 1);
        raster.heartbeat(13);
        raster.heartbeat(15.5);
        raster.heartbeat(15.5);
        raster.arrive(17.5, 1);
        raster.heartbeat(22); // more than two silent steps are not filled, even if it lives again
        raster.heartbeat(24);
        raster.arrive(25, 1);
        raster.arrive(26, 1);
        assertThat(raster.steps())
                .isEqualTo("10=1.0 11=0.0 12=0.0 13=0.0 14=0.0 15.. 15=0.0 16=0.0 17=1.0 18=0.0 19=0.0 20.. 25=1.0");
        assertThat(raster.refused).isEmpty();
    }

    @Test
    void aSignOfLifeBeforeAnySampleChangesNothing() {
        TestingRaster raster = raster(LAST);
        raster.heartbeat(99);
        assertThat(raster.chunks).isEmpty();
        assertThat(raster.state.isKnown()).isFalse();
        raster.arrive(TestingRaster.of(0, 10, 1, 11, 2));
        assertThat(raster.steps()).isEqualTo("10=1.0");
    }

    @Test
    void aSignOfLifeStartsARun() {
        TestingRaster raster = raster(settings(RasterRule.LAST, 5000, 2));
        raster.arrive(10, 1);
        raster.arrive(new Samples("a", 1, 1, new long[0], new float[0]), 500);
        assertThat(raster.steps()).isEqualTo("10=1.0");
        raster.arrive(10, 1);
        assertThat(raster.refused).hasSize(1);
    }

    @Test
    void aTimeToLiveIsLongerThanStepsWait() {
        assertThatThrownBy(() -> new Rasteriser(new RasterSettings(RasterRule.LAST, 500, 2, 1500), 1))
                .isInstanceOf(RiffleException.class)
                .hasMessage(
                        "the time to live is 1500 ms, expected more than the lateness and a step, 1500 ms, that steps"
                                + " wait");
    }

    @ParameterizedTest
    @EnumSource
    void aClockThatIsPutRightLeavesAGap(RasterRule rule) {
        TestingRaster raster = raster(settings(rule, 0, 2));
        raster.arrive(10, 1);
        raster.arrive(11, 1);
        raster.arrive(1_763_700_000.0, 1); // years later
        raster.arrive(1_763_700_001.0, 1);
        assertThat(raster.bits().keySet()).startsWith(10L, 11L, 12L, 13L).endsWith(1_763_700_000L);
        assertThat(raster.bits()).hasSize(5);
        assertThat(raster.refused).isEmpty();
        raster.arrive(14, 1);
        assertThat(raster.refused)
                .containsExactly(
                        "stale: stream 'a' sent 1 sample; 1 of them, before 2025-11-21T04:40:01Z, come too late"
                                + " and are left out; expected at most 0 ms behind the latest (a wrong clock: a new run,"
                                + " riffle.run above 0)");
    }

    @Test
    void aHigherRunStartsAnewAndALowerOneIsStale() {
        TestingRaster raster = raster(settings(RasterRule.LAST, 5000, 2));
        raster.arrive(TestingRaster.of(3, 100, 1, 101.5, 2));
        assertThat(raster.chunks).isEmpty();
        raster.arrive(TestingRaster.of(4, 1, 3, 2.5, 4)); // what waited is final now
        assertThat(raster.steps()).isEqualTo("100=1.0 101=2.0");
        assertThat(raster.chunks.get(0).run()).isEqualTo(3);
        raster.arrive(TestingRaster.of(3, 103, 1));
        assertThat(raster.refused)
                .containsExactly("stale: stream 'a' sent samples of run 3, but it is in run 4; expected all to carry"
                        + " their run");
        raster.chunks.clear();
        raster.finish();
        assertThat(raster.steps()).isEqualTo("1=3.0 2=4.0");
        assertThat(raster.chunks.get(0).run()).isEqualTo(4);
    }

    @Test
    void aStreamThatWasSilentForTooLongStartsAnew() {
        TestingRaster raster = raster(new RasterSettings(RasterRule.LAST, 0, 2, 60_000));
        raster.arrive(TestingRaster.of(0, 10, 1), 10_000);
        raster.arrive(TestingRaster.of(0, 11, 2), 70_000);
        raster.arrive(TestingRaster.of(0, 999, 3, 1000, 4), 130_001);
        raster.finish();
        assertThat(raster.steps()).isEqualTo("10=1.0 11=2.0 999=3.0 1000=4.0");
        assertThat(raster.refused).isEmpty();
    }

    @Test
    void theEndOfTheStreamMakesItsLastStep() {
        for (RasterRule rule : RasterRule.values()) {
            TestingRaster raster = raster(settings(rule, 5000, 100));
            raster.arrive(TestingRaster.of(0, 10, 1, 11, 2, 12.5, 5));
            raster.finish();
            raster.finish();
            assertThat(raster.steps())
                    .isEqualTo("10=1.0 11=2.0 12=" + (rule == RasterRule.INTERPOLATE ? "4.0" : "5.0"));
        }
    }

    @Test
    void tooManySamplesThatWaitAreRefusedAndChangeNothing() {
        TestingRaster raster = raster(settings(RasterRule.MEAN, 0, 100));
        raster.arrive(10, 1);
        int most = (int) (Rasteriser.MAX_WAITING_BYTES / 12);
        raster.arrive(new Samples("a", 0, 1, times(most, 10.5), new float[most]));
        assertThat(raster.refused)
                .containsExactly("too_large: stream 'a' sent 1398101 samples; 1398102 would wait for their steps in"
                        + " 16777224 bytes, expected at most 16777216");
        raster.arrive(new Samples("a", 0, 1, times(most, 11.5), new float[most])); // the one before waits no more
        assertThat(raster.refused).hasSize(1);
        assertThat(raster.steps()).isEqualTo("10=1.0");
        assertThat(raster.state.waitingSamples()).isEqualTo(most);
        assertThat(raster.state.waitingBytes()).isLessThanOrEqualTo(Rasteriser.MAX_WAITING_BYTES);
    }

    private static long[] times(int size, double seconds) {
        long[] times = new long[size];
        Arrays.fill(times, Math.round(seconds * 1e9));
        return times;
    }

    @Test
    void longFillsComeInPieces() {
        TestingRaster raster = raster(settings(RasterRule.LAST, 0, 50_000));
        raster.arrive(10, 1);
        raster.arrive(40_010, 2);
        assertThat(raster.bits()).hasSize(40_000);
        assertThat(raster.chunks).hasSize(3);
    }

    @Test
    void aStepIsAWholeNumberOfNanoseconds() {
        assertThat(Rasteriser.nanoseconds(0.001)).isEqualTo(1_000_000);
        assertThat(Rasteriser.nanoseconds(1e-9)).isEqualTo(1);
        assertThat(Rasteriser.nanoseconds(0.1 + 0.2)).isEqualTo(300_000_000);
        for (double dt : new double[] {1 / 30.0, 1 / 3.0, 0.5e-9, 1e12, Double.NaN}) {
            assertThatThrownBy(() -> new Rasteriser(LAST, dt))
                    .isInstanceOf(RiffleException.class)
                    .hasMessage("dt is %s s, expected a whole number of nanoseconds to make steps of samples", dt);
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> settings(RasterRule.LAST, 0, 0))
                .hasMessage("the largest gap is 0 steps, expected at least 1 and at most 1099511627776");
        assertThatThrownBy(() -> settings(RasterRule.LAST, -1, 1))
                .hasMessage("lateness and time to live are -1 and 0 ms, expected both from 0");
        assertThatThrownBy(() -> RasterRule.ofText("men"))
                .hasMessage("got raster rule 'men', expected one of [last, mean, interpolate, counts], did you mean"
                        + " 'mean'?");
        assertThat(RasterRule.ofText("counts")).isEqualTo(RasterRule.COUNTS);
    }

    private static RasterSettings settings(RasterRule rule, long lateness, long maxGap) {
        return RasterSettings.of(rule, Duration.ofMillis(lateness), maxGap);
    }

    private static TestingRaster raster(RasterSettings settings) {
        return new TestingRaster(settings, 1, 1);
    }
}
