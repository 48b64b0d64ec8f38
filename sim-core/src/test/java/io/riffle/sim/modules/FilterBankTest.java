package io.riffle.sim.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.kernels.Butterworth;
import io.riffle.sim.kernels.SecondOrderSections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterBankTest {
    private static final Arguments BANDS = Arguments.none()
            .with("frequency", new double[] {100, 300})
            .with("bandwidth", 50)
            .with("fs", 2000);

    /** |H| at a frequency, as a part of the sampling frequency, from the coefficients alone. */
    private static double gain(SecondOrderSections filter, double frequency) {
        double gain = 1;
        for (int i = 0; i < filter.count(); i++) {
            double[] c = filter.coefficients(i);
            gain *= size(c[0], c[1], c[2], frequency) / size(1, c[3], c[4], frequency);
        }
        return gain;
    }

    private static double size(double zeroth, double first, double second, double frequency) {
        double w = 2 * Math.PI * frequency;
        double real = zeroth + first * Math.cos(w) + second * Math.cos(2 * w);
        double imaginary = first * Math.sin(w) + second * Math.sin(2 * w);
        return Math.hypot(real, imaginary);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7})
    void aButterworthFilterHasHalfThePowerAtItsEdges(int order) {
        SecondOrderSections low = Butterworth.lowPass(order, 0.1);
        assertThat(gain(low, 0)).isCloseTo(1, within(1e-9));
        assertThat(gain(low, 0.1)).isCloseTo(Math.sqrt(0.5), within(1e-9));
        assertThat(gain(low, 0.5)).isCloseTo(0, within(1e-9));

        SecondOrderSections band = Butterworth.bandPass(order, 0.05, 0.2);
        assertThat(band.count()).isEqualTo(order);
        assertThat(gain(band, 0.05)).isCloseTo(Math.sqrt(0.5), within(1e-9));
        assertThat(gain(band, 0.2)).isCloseTo(Math.sqrt(0.5), within(1e-9));
        // The centre of the band, before the frequencies are warped, is the geometric mean of the warped edges.
        double centre = Math.atan(Math.sqrt(Math.tan(Math.PI * 0.05) * Math.tan(Math.PI * 0.2))) / Math.PI;
        assertThat(gain(band, centre)).isCloseTo(1, within(1e-9));
        // With w the warped frequency in units of the band's width, |H|^2 = 1 / (1 + w^(2 order)).
        double low2 = Math.tan(Math.PI * 0.05);
        double high2 = Math.tan(Math.PI * 0.2);
        double at = Math.tan(Math.PI * 0.3);
        double w = (at * at - low2 * high2) / (at * (high2 - low2));
        assertThat(gain(band, 0.3)).isCloseTo(Math.sqrt(1 / (1 + Math.pow(w, 2 * order))), within(1e-9));
    }

    @Test
    void aBandWiderThanItsCentreHasRealPoles() {
        SecondOrderSections band = Butterworth.bandPass(1, 0.001, 0.4);
        double[] c = band.coefficients(0);
        assertThat(c[3] * c[3] - 4 * c[4]).isPositive();
        assertThat(gain(band, 0.001)).isCloseTo(Math.sqrt(0.5), within(1e-9));
        assertThat(gain(band, 0.4)).isCloseTo(Math.sqrt(0.5), within(1e-9));
    }

    private static Tensor tone(double frequency, int steps) {
        float[] values = new float[steps];
        for (int t = 0; t < steps; t++) {
            values[t] = (float) Math.sin(2 * Math.PI * frequency * t / 2000);
        }
        return Tensor.of(values);
    }

    @Test
    void aToneComesOutOfItsOwnChannel() {
        Module filter = new ButterFilter(BANDS);
        float[] output = filter.evolve(tone(300, 4000)).output().toArray();
        // The mean of a rectified sine is 2 / pi of its size.
        assertThat(output[output.length - 1]).isCloseTo((float) (2 / Math.PI), within(0.01f));
        assertThat(output[output.length - 2]).isCloseTo(0, within(0.03f));
    }

    @Test
    void theFiltersAreStatesAndCarryOver() {
        Tensor tone = tone(100, 40).reshape(1, 40, 1);
        Module whole = new ButterFilter(BANDS);
        float[] expected = whole.evolve(tone).output().toArray();
        Module cut = new ButterFilter(BANDS);
        cut.evolve(tone.steps(0, 17));
        float[] rest = cut.evolve(tone.steps(17, 40)).output().toArray();
        for (int i = 0; i < rest.length; i++) {
            assertThat(rest[i]).isEqualTo(expected[17 * 2 + i]);
        }
        assertThat(cut.state()).isEqualTo(whole.state());
        assertThat(cut.state().tensor("bandpass").shape()).isEqualTo(Shape.of(2, 2, 2, 2));
        cut.resetState();
        assertThat(cut.evolve(tone).output().toArray()).isEqualTo(expected);
    }

    @Test
    void normalizeAndMeanSubtractionRunOverTheWholeRecordingOfEachElement() {
        Module normalised = new ButterFilter(BANDS.with("normalize", true));
        Tensor recordings = Tensor.wrap(new float[] {1, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0}, 3, 4, 1);
        float[] output = normalised.evolve(recordings).output().toArray();
        float largest = 0;
        for (int i = 0; i < 8; i++) {
            largest = Math.max(largest, Math.abs(output[i]));
            assertThat(output[8 + i]).isEqualTo(output[i], within(1e-6f));
            assertThat(output[16 + i]).isZero();
        }
        assertThat(largest).isEqualTo(1);

        Module centred = new ButterFilter(BANDS.with("mean_subtraction", true));
        double sum = 0;
        for (float value : centred.evolve(tone(100, 200)).output().toArray()) {
            sum += value;
        }
        assertThat(sum).isCloseTo(0, within(1e-5));
    }

    @Test
    void whatNeedsAWholeRecordingIsRefusedOnAStream() {
        Module network = new Sequential(new ButterFilter(BANDS.with("normalize", true)), new LIF(2));
        String reason =
                "ButterFilter '0_ButterFilter' cannot run on a stream: normalize over a whole recording needs the"
                        + " future, which a stream does not have yet";
        assertThat(network.notStreamable()).contains(reason);
        float[] values = network.newState(1).valuesWithoutCopy();
        assertThatThrownBy(() -> ModuleState.of(network, "", values, 0, "s", 0)).hasMessage(reason);
        assertThat(new ButterFilter(BANDS).notStreamable()).isEmpty();
    }

    @Test
    void melBandsGoFromTheCutoffToTheTop() {
        Module filter = new ButterMelFilter(Arguments.shape(2).with("fs", 2000).with("cutoff_fs", 100));
        assertThat(filter.shape()).isEqualTo(Shape.of(1, 2));
        assertThat(filter.simulationParameters().get("cutoff_fs")).isEqualTo(100.0);
        assertThat(filter.timeSteps()).containsExactly(0.0005);
        // w = 2 / 2 = 1: the bands are 100 to 200 Hz and 499 to 998 Hz.
        float[] low = filter.evolve(tone(140, 4000)).output().toArray();
        assertThat(low[low.length - 2]).isGreaterThan(0.6f);
        assertThat(low[low.length - 1]).isLessThan(0.05f);
        filter.resetState();
        float[] high = filter.evolve(tone(700, 4000)).output().toArray();
        assertThat(high[high.length - 2]).isLessThan(0.05f);
        assertThat(high[high.length - 1]).isGreaterThan(0.6f);
    }

    record Wrong(Function<Arguments, Module> constructor, Arguments arguments, String message) {}

    static List<Wrong> wrong() {
        Arguments mel = Arguments.shape(4).with("fs", 4000);
        return List.of(
                new Wrong(ButterFilter::new, Arguments.none(), "ButterFilter: argument 'frequency' is missing"),
                new Wrong(ButterFilter::new, BANDS.without("fs"), "ButterFilter: argument 'fs' is missing"),
                new Wrong(
                        ButterFilter::new,
                        BANDS.with("bandwidth", new double[3]),
                        "ButterFilter: bandwidth has the shape (3,), expected (2,) or ()"),
                new Wrong(
                        ButterFilter::new,
                        BANDS.with("bandwidth", 0),
                        "ButterFilter: bandwidth is 0.0 Hz, expected above 0"),
                new Wrong(
                        ButterFilter::new,
                        BANDS.with("bandwidth", 200),
                        "ButterFilter: the band of channel 0 is from 0.0 to 200.0 Hz, expected above 0 and below fs / 2,"
                                + " 1000.0 Hz"),
                new Wrong(
                        ButterFilter::new,
                        BANDS.with("fs", 650),
                        "ButterFilter: the band of channel 1 is from 275.0 to 325.0 Hz, expected above 0 and below fs / 2,"
                                + " 325.0 Hz"),
                new Wrong(ButterFilter::new, BANDS.with("order", 0), "ButterFilter: order is 0, expected at least 1"),
                new Wrong(
                        ButterFilter::new,
                        BANDS.with("order", 1.5),
                        "ButterFilter: argument 'order' is 1.5, expected a whole number"),
                new Wrong(
                        ButterFilter::new,
                        BANDS.with("shape", 3),
                        "ButterFilter: the shape is (3,), expected (1, 2) as frequency says"),
                new Wrong(
                        ButterMelFilter::new,
                        mel.with("shape", List.of(2, 4)),
                        "ButterMelFilter: the shape is (2, 4), expected (N,) or (1, N)"),
                new Wrong(
                        ButterMelFilter::new,
                        mel.with("cutoff_fs", 2000),
                        "ButterMelFilter: cutoff_fs is 2000.0 Hz, expected above 0 and below fs / 2, 2000.0 Hz"),
                new Wrong(
                        ButterMelFilter::new,
                        mel.with("filter_width", 0),
                        "ButterMelFilter: filter_width is 0.0, expected above 0"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongArgumentIsNamedWithItsModule(Wrong wrong) {
        assertThatThrownBy(() -> wrong.constructor.apply(wrong.arguments)).hasMessage(wrong.message);
    }
}
