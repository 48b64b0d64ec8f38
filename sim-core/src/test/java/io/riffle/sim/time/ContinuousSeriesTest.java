package io.riffle.sim.time;

import static io.riffle.sim.time.Interpolation.LINEAR;
import static io.riffle.sim.time.Interpolation.PREVIOUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import org.junit.jupiter.api.Test;

class ContinuousSeriesTest {
    /** 0 at 0 s, 2 at 1 s, 0 at 3 s. */
    private final ContinuousSeries roof = roof(LINEAR);

    private static ContinuousSeries roof(Interpolation interpolation) {
        return ContinuousSeries.of(new double[] {0, 1, 3}, Tensor.of(0f, 2f, 0f), interpolation);
    }

    private static ContinuousSeries raster(long firstStep, float... values) {
        return ContinuousSeries.ofRaster(0.5, firstStep, Tensor.of(values));
    }

    @Test
    void aLineLeadsFromSampleToSample() {
        assertThat(roof.at(0.5)).containsExactly(1);
        assertThat(roof.at(1)).containsExactly(2);
        assertThat(roof.at(1.5)).containsExactly(1.5f);
        assertThat(roof.at(3)).containsExactly(0);
        assertThat(roof.raster(0.5)).isEqualTo(Tensor.of(new float[][] {{0}, {1}, {2}, {1.5f}, {1}, {0.5f}}));
    }

    @Test
    void thePreviousSampleHoldsUntilTheNext() {
        ContinuousSeries held = roof.with(PREVIOUS);
        assertThat(held.at(0.99)).containsExactly(0);
        assertThat(held.at(1)).containsExactly(2);
        assertThat(held.at(2.99)).containsExactly(2);
        assertThat(held.at(3)).containsExactly(0);
    }

    @Test
    void theLastValueHoldsUntilTheStop() {
        ContinuousSeries longer = roof.until(4);
        assertThat(longer.stop()).isEqualTo(4);
        assertThat(longer.at(3.7)).containsExactly(0);
        assertThat(roof.clip(0, 2).until(3).at(2.5))
                .as("not what the piece was cut from")
                .containsExactly(1);
        assertThatThrownBy(() -> roof.until(2)).hasMessage("a series until 3 s cannot be made to end at 2 s; clip it");
    }

    @Test
    void twoSamplesAtATimeAreAJump() {
        ContinuousSeries jump = ContinuousSeries.of(new double[] {0, 1, 1, 2}, Tensor.of(0f, 1f, 5f, 5f), LINEAR);
        assertThat(jump.at(0.5)).containsExactly(0.5f);
        assertThat(jump.at(1)).containsExactly(5);
        assertThat(jump.at(1.5)).containsExactly(5);
        assertThat(jump.clip(0, 1).append(jump.clip(1, 2))).isEqualTo(jump);
        assertThat(jump.clip(0, 1).until(2).at(1.5)).containsExactly(1);
        assertThatThrownBy(() -> ContinuousSeries.of(new double[] {1, 1, 1}, Tensor.of(1f, 2f, 3f), LINEAR))
                .hasMessage("samples 0 to 2 are all at 1 s, expected at most two at the same time");
    }

    @Test
    void aRasterHasARowForEachStep() {
        ContinuousSeries series = ContinuousSeries.ofRaster(0.1, 3, Tensor.of(new float[][] {{1, 2}, {3, 4}}));
        assertThat(series.start()).isEqualTo(3 * 0.1);
        assertThat(series.stop()).isEqualTo(5 * 0.1);
        assertThat(series.duration()).isEqualTo(0.2);
        assertThat(series.dt()).hasValue(0.1);
        assertThat(series.times()).containsExactly(3 * 0.1, 4 * 0.1);
        assertThat(series.values()).isEqualTo(Tensor.of(new float[][] {{1, 2}, {3, 4}}));
        assertThat(series.at(0.3)).containsExactly(1, 2);
        assertThat(series.at(0.45)).containsExactly(3, 4);
        assertThat(series.firstStep(0.1)).isEqualTo(3);
        assertThat(series.steps(0.1)).isEqualTo(2);
        assertThat(series.raster(0.1)).isEqualTo(series.values());
    }

    @Test
    void stepsAreExactHoweverLate() {
        long late = 1_000_000_000_000L;
        ContinuousSeries series = ContinuousSeries.ofRaster(0.001, late, Tensor.of(1f, 2f, 3f));
        assertThat(series.firstStep(0.001)).isEqualTo(late);
        assertThat(series.clip(1e9 + 0.001, 1e9 + 0.002).firstStep(0.001)).isEqualTo(late + 1);
        ContinuousSeries later = series.delay(0.001).delay(0.001).delay(0.001);
        assertThat(later.firstStep(0.001)).isEqualTo(late + 3);
        assertThat(later.raster(0.001)).isEqualTo(series.raster(0.001));
    }

    @Test
    void whatLiesOutsideIsAnErrorOrDeclared() {
        assertThatThrownBy(() -> roof.at(3.5))
                .isInstanceOf(RiffleException.class)
                .hasMessage("a value at 3.5 s was asked for, but the series goes from 0 s to 3 s");
        assertThatThrownBy(() -> roof.at(Double.NaN, Outside.HOLD))
                .hasMessage("a value at NaN s was asked for, but the series goes from 0 s to 3 s");
        assertThat(roof.with(PREVIOUS).at(-1, Outside.fill(7))).containsExactly(7);
        assertThat(raster(0, 1, 2).at(9, Outside.HOLD)).containsExactly(2);
        assertThat(raster(0, 1, 2).at(-9, Outside.HOLD)).containsExactly(1);
        assertThatThrownBy(() -> raster(2, 1, 2).raster(0.5, 1, 3, Outside.ERROR))
                .hasMessage("the steps from 0.5 s to 2 s were asked for, but the series goes from 1 s to 2 s:"
                        + " clip it to whole steps, or declare what lies outside");
        assertThat(raster(2, 1, 2).raster(0.5, 1, 4, Outside.fill(-1)).toArray())
                .containsExactly(-1, 1, 2, -1);
        assertThat(raster(2, 1, 2).raster(0.5, 1, 4, Outside.HOLD).toArray()).containsExactly(1, 1, 2, 2);
        assertThatThrownBy(() -> Outside.fill(Double.NaN))
                .hasMessage("a fill of NaN was given, expected a finite number");
    }

    @Test
    void aClipKeepsTheValues() {
        ContinuousSeries middle = roof.clip(0.5, 2);
        assertThat(middle.start()).isEqualTo(0.5);
        assertThat(middle.stop()).isEqualTo(2);
        assertThat(middle.times()).containsExactly(1);
        assertThat(middle.at(0.5)).containsExactly(1);
        assertThat(middle.at(2)).containsExactly(1);
        assertThat(raster(0, 1, 2, 3).clip(0.5, 1)).isEqualTo(raster(1, 2));
        assertThatThrownBy(() -> roof.clip(1, 4))
                .hasMessage("a clip from 1 s to 4 s was asked for, but the series goes from 0 s to 3 s");
        assertThatThrownBy(() -> roof.clip(2, 1))
                .hasMessage("a clip from 2 s to 1 s was asked for, expected its end not before its start");
    }

    @Test
    void seriesAreAppendedWhereTheyMeet() {
        assertThat(raster(0, 1, 2).append(raster(2, 3))).isEqualTo(raster(0, 1, 2, 3));
        ContinuousSeries again = roof.append(roof.delay(3).with(LINEAR));
        assertThat(again.stop()).isEqualTo(6);
        assertThat(again.at(4)).containsExactly(2);
        assertThatThrownBy(() -> roof.append(roof))
                .hasMessage("a series that starts at 0 s was appended to one that stops at 3 s");
        assertThatThrownBy(() -> roof.append(roof.startingAt(3).with(PREVIOUS)))
                .hasMessage("a series interpolated LINEAR cannot be joined with one interpolated PREVIOUS");
        assertThatThrownBy(() -> roof.append(roof.startingAt(3).named("x")))
                .hasMessage("a series of the channels [x] was appended, expected [0]");
        assertThatThrownBy(() -> roof.repeated().append(roof))
                .hasMessage("a periodic series has no end where another could be appended; clip it first");
    }

    @Test
    void piecesOfDifferentSeriesMeetInAJump() {
        ContinuousSeries other = ContinuousSeries.of(new double[] {0, 4}, Tensor.of(8f, 8f), LINEAR);
        ContinuousSeries both = roof.clip(0, 0.5).append(other.clip(0.5, 1.5));
        assertThat(both.at(0.25)).containsExactly(0.5f);
        assertThat(both.at(0.4999999999)[0]).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-6f));
        assertThat(both.at(0.5)).containsExactly(8);
        assertThat(both.at(1.5)).containsExactly(8);
        ContinuousSeries held =
                roof(PREVIOUS).clip(0, 0.5).append(other.with(PREVIOUS).clip(0.5, 1.5));
        assertThat(held.at(0.4)).containsExactly(0);
        assertThat(held.at(0.6)).containsExactly(8);
    }

    @Test
    void channelsAreMergedSelectedAndNamed() {
        ContinuousSeries x = raster(0, 1, 2).named("x");
        ContinuousSeries y = raster(0, 3, 4).named("y");
        ContinuousSeries both = x.merge(y);
        assertThat(both.channels()).containsExactly("x", "y");
        assertThat(both.values()).isEqualTo(Tensor.of(new float[][] {{1, 3}, {2, 4}}));
        assertThat(both.select("y")).isEqualTo(y);
        assertThat(both.select("y", "x")).isEqualTo(y.merge(x));
        assertThatThrownBy(() -> x.merge(x)).hasMessage("the channel 'x' is there twice");
        assertThatThrownBy(() -> x.merge(raster(1, 3, 4)))
                .hasMessage("a series from 0 s to 1 s cannot be merged with one from 0.5 s to 1.5 s;"
                        + " clip both to the same time");
        assertThatThrownBy(() -> roof.merge(roof.resample(0.5).until(3).named("x")))
                .hasMessage("series with samples at different times cannot be merged; resample both to the same dt");
        assertThatThrownBy(() -> both.select("z")).hasMessage("the series has no channel 'z', did you mean 'x'?");
        assertThatThrownBy(() -> both.named("a")).hasMessage("1 name was given for 2 channels");
    }

    @Test
    void aPeriodicSeriesHasNoEnd() {
        ContinuousSeries saw = raster(0, 1, 2, 3).repeated();
        assertThat(saw.periodic()).isTrue();
        assertThat(saw.at(1.5)).containsExactly(1);
        assertThat(saw.at(-0.1)).containsExactly(3);
        assertThat(saw.raster(0.5, -2, 7, Outside.ERROR).toArray()).containsExactly(2, 3, 1, 2, 3, 1, 2);
        assertThat(saw.clip(0.5, 2.5)).isEqualTo(raster(1, 2, 3, 1, 2));
        assertThat(saw.delay(0.5).raster(0.5, 0, 4, Outside.ERROR).toArray()).containsExactly(3, 1, 2, 3);
        long late = 3_000_000_000_000L;
        assertThat(saw.raster(0.5, late, 3, Outside.ERROR).toArray()).containsExactly(1, 2, 3);
        assertThat(saw.with(LINEAR).at(1.25))
                .as("towards the next period's first")
                .containsExactly(2);
        assertThatThrownBy(() -> ContinuousSeries.constant(1, 1, 0).repeated())
                .hasMessage("a series of 0 s cannot be periodic");
        assertThatThrownBy(() -> saw.resample(0.4))
                .hasMessage("a periodic series from 0 s to 1.5 s cannot be resampled to steps of 0.4 s: they must fit");
    }

    @Test
    void resamplingSamplesAtTheStepsWithin() {
        ContinuousSeries quick = roof.clip(0.2, 1.2).resample(0.5);
        assertThat(quick.times()).containsExactly(0.5, 1);
        assertThat(quick.values()).isEqualTo(Tensor.of(new float[][] {{1}, {2}}));
        assertThat(quick.start()).isEqualTo(0.5);
        assertThat(quick.stop()).isEqualTo(1.2);
        assertThat(roof.clip(0.2, 0.3).resample(0.5).steps(0.5)).isZero();
    }

    @Test
    void aConstantHoldsEverywhere() {
        ContinuousSeries constant = ContinuousSeries.constant(1, 2, 3, 4);
        assertThat(constant.raster(0.5)).isEqualTo(Tensor.of(new float[][] {{3, 4}, {3, 4}}));
    }

    @Test
    void nothingIsAliased() {
        double[] times = {0, 1};
        float[] values = {1, 2};
        ContinuousSeries series = ContinuousSeries.of(times, Tensor.wrap(values, 2), PREVIOUS);
        times[1] = 9;
        values[0] = 9;
        series.times()[0] = 9;
        series.at(0)[0] = 9;
        series.values().arrayWithoutCopy()[0] = 9;
        assertThat(series.times()).containsExactly(0, 1);
        assertThat(series.values().toArray()).containsExactly(1, 2);
    }

    @Test
    void whatIsNoSeriesIsAnError() {
        assertThatThrownBy(() -> ContinuousSeries.of(new double[] {0, 2, 1}, Tensor.of(1f, 2f, 3f), LINEAR))
                .hasMessage("sample 2 is at 1 s, earlier than the one before it, at 2 s");
        assertThatThrownBy(() -> ContinuousSeries.of(new double[] {0}, Tensor.of(1f, 2f), LINEAR))
                .hasMessage("values of the shape (2,) were given for 1 times, expected (1, N)");
        assertThatThrownBy(() -> raster(2, 1, Float.NaN))
                .hasMessage("the value of channel '0' at 1.5 s is NaN, expected a finite number");
        assertThatThrownBy(() -> ContinuousSeries.of(new double[0], Tensor.of(new float[0]), LINEAR))
                .hasMessage("no times were given, expected at least 1");
        assertThatThrownBy(() -> ContinuousSeries.of(new double[] {0}, Tensor.scalar(1), LINEAR))
                .hasMessage("values of the shape () were given, expected (T, N) or (T,)");
        assertThatThrownBy(() -> ContinuousSeries.constant(2, 1, 0))
                .hasMessage("a series from 2 s to 1 s was asked for, expected its stop not before its start");
        assertThatThrownBy(() -> raster(0).at(0)).hasMessage("the series of 0 s at 0 s holds no value");
        assertThatThrownBy(() -> roof.delay(Double.NaN))
                .hasMessage("a delay of NaN s was given, expected a finite one");
    }

    @Test
    void printsShortly() {
        assertThat(roof.clip(0, 1)).hasToString("ContinuousSeries(0 s to 1 s, 1 channel, 2 samples)");
        assertThat(raster(0, 1).repeated())
                .hasToString("ContinuousSeries(0 s to 0.5 s, 1 channel, periodic, 1 sample)");
    }
}
