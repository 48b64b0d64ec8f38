package io.riffle.sim.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.State;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.examples.FfwdNet;
import io.riffle.sim.modules.ExpSyn;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import io.riffle.sim.modules.Rate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimedModuleTest {
    private static final double DT = 0.001;

    /** Gives the sum of all its inputs so far. */
    private static final class Sum extends Module {
        private final State sum;

        Sum(boolean spiking) {
            super(Shape.of(1), false, spiking);
            sum = state("sum", State.withShape(Shape.of(1)));
        }

        @Override
        public Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
            float[] sums = input.toArray();
            float total = state.read(sum, 0)[0];
            for (int i = 0; i < sums.length; i++) {
                total += sums[i];
                sums[i] = total;
            }
            state.write(sum, 0, new float[] {total});
            Tensor output = Tensor.wrap(sums, input.shape().toArray());
            recorder.record("last", output.reshape(1, sums.length));
            return output;
        }
    }

    private static ContinuousSeries steps(long firstStep, float... values) {
        return ContinuousSeries.ofRaster(DT, firstStep, Tensor.of(values));
    }

    // ---- construction

    @Test
    void takesTheDtThatTheNetworkNames() {
        assertThat(new LIF(1).timed().dt()).isEqualTo(0.001);
        assertThat(new LIF(1).timed(0.001).dt()).isEqualTo(0.001);
        assertThat(new Linear(1, 1).timed(0.02).dt()).isEqualTo(0.02);
    }

    @Test
    void aDtThatIsMissingOrDiffersIsAnError() {
        assertThatThrownBy(() -> new Linear(1, 1).timed())
                .isInstanceOf(RiffleException.class)
                .hasMessage("Linear names no dt, expected one as an argument: timed(0.001)");
        assertThatThrownBy(() -> new LIF(1).timed(0.002))
                .hasMessage("LIF: its dt is 0.001 s, but it is to be timed at 0.002 s");
        Module both = new Sequential(new LIF(1), new ExpSyn(Arguments.shape(1).with("dt", 0.005)));
        assertThatThrownBy(both::timed)
                .hasMessage("Sequential: its modules name different dt, 0.001 s and 0.005 s, expected one");
        assertThatThrownBy(() -> new Linear(1, 1).timed(0)).hasMessage("a dt of 0 s was given, expected more than 0 s");
    }

    @Test
    void aPartHasNoTimeOfItsOwn() {
        LIF part = new LIF(1);
        TimedModule before = part.timed();
        new Sequential(part);
        assertThatThrownBy(part::timed)
                .hasMessage("LIF '0_LIF': a part of a network has no time of its own, expected the whole");
        assertThatThrownBy(() -> before.evolve(0.001))
                .hasMessage("LIF '0_LIF': a part of a network has no time of its own, expected the whole");
    }

    @Test
    void printsTheWayRockpoolDoes() {
        assertThat(new Rate(4).timed())
                .hasToString(
                        """
                        TimedModuleWrapper  with shape (4, 4) {
                            Rate '_module' with shape (4,)
                        } with Rate '_module' as module""");
        assertThat(new FfwdNet(4, 6).timed())
                .hasToString(
                        """
                        TimedModuleWrapper  with shape (4, 6) {
                            FfwdNet '_module' with shape (4, 6) {
                                Rate 'neurons' with shape (6,)
                            }
                        } with FfwdNet '_module' as module""");
    }

    // ---- time

    @Test
    void eachCallContinuesWhereTheLastOneEnded() {
        TimedModule sum = new Sum(false).timed(DT);
        assertThat(sum.time()).isZero();
        assertThat(sum.evolve(steps(0, 1, 2)).output()).isEqualTo(steps(0, 1, 3));
        assertThat(sum.step()).isEqualTo(2);
        assertThat(sum.time()).isEqualTo(0.002);
        assertThat(sum.evolve(steps(2, 10)).output()).isEqualTo(steps(2, 13));
        assertThat(sum.evolve(0.002).output()).isEqualTo(steps(3, 13, 13));
        assertThat(sum.resetState().time()).isZero();
        assertThat(sum.evolve(steps(0, 1)).state().tensor("sum").toArray()).containsExactly(1);
    }

    @Test
    void theTimeIsThatOfTheModulesOwnState() {
        Module sum = new Sum(false);
        TimedModule timed = sum.timed(DT);
        sum.evolve(Tensor.of(1f, 2f, 3f));
        assertThat(timed.step()).isEqualTo(3);
        assertThat(timed.evolve(steps(3, 0)).output()).isEqualTo(steps(3, 6));
        sum.resetState();
        assertThat(timed.step()).isZero();
    }

    @Test
    void anInputThatDoesNotStartAtTheModulesTimeIsAnError() {
        TimedModule sum = new Sum(false).timed(DT);
        sum.evolve(0.002);
        assertThatThrownBy(() -> sum.evolve(steps(3, 1)))
                .hasMessage("Sum: the input starts at 0.003 s, later than the module's time 0.002 s;"
                        + " declare what lies outside, or let it start there");
        assertThatThrownBy(() -> sum.evolve(steps(0, 1, 2, 3)))
                .hasMessage("Sum: the input starts at 0 s, earlier than the module's time 0.002 s;"
                        + " clip it, or reset the state");
        assertThatThrownBy(() -> sum.withOutside(Outside.fill(0)).evolve(steps(0, 1, 2, 3)))
                .hasMessageStartingWith("Sum: the input starts at 0 s, earlier than");
        assertThat(sum.time()).as("nothing was evolved").isEqualTo(0.002);
    }

    @Test
    void whatIsMissingCanBeDeclared() {
        TimedModule sum = new Sum(false).timed(DT);
        assertThat(sum.withOutside(Outside.fill(1)).evolve(steps(2, 5)).output())
                .isEqualTo(steps(0, 1, 2, 7));
        assertThat(sum.withOutside(Outside.HOLD).evolve(steps(4, 5), 0.003).output())
                .isEqualTo(steps(3, 12, 17, 22));
        assertThatThrownBy(() -> sum.evolve(steps(6, 5), 0.003))
                .hasMessage("Sum: the steps from 0.006 s to 0.009 s were asked for, but the series goes from 0.006 s to"
                        + " 0.007 s: clip it to whole steps, or declare what lies outside");
        EventSeries late = EventSeries.of(0.007, 0.0085, 1, new double[] {0.0081}, new int[] {0});
        assertThatThrownBy(() -> sum.withOutside(Outside.HOLD).evolve(late))
                .hasMessage("Sum: HOLD was declared for what lies outside of events, expected ERROR or fill(0)");
        assertThat(sum.withOutside(Outside.fill(0)).evolve(late).output()).isEqualTo(steps(6, 22, 22, 23));
    }

    @Test
    void aDurationTakesThePartOfTheInputAtTheModulesTime() {
        TimedModule sum = new Sum(false).timed(DT);
        ContinuousSeries input = steps(0, 1, 2, 3, 4);
        sum.evolve(input, 0.001);
        assertThat(sum.evolve(input, 0.002).output()).isEqualTo(steps(1, 3, 6));
        assertThatThrownBy(() -> sum.evolve(input, 0.0005))
                .hasMessage("a duration of 0.0005 s was given, expected a multiple of the dt 0.001 s");
    }

    @Test
    void aPeriodicInputIsTakenPeriodByPeriod() {
        TimedModule sum = new Sum(false).timed(DT);
        ContinuousSeries input = steps(0, 1, 2).repeated();
        assertThat(sum.evolve(input).output()).isEqualTo(steps(0, 1, 3));
        assertThat(sum.evolve(input).output()).isEqualTo(steps(2, 4, 6));
        assertThat(sum.evolve(input, 0.003).output()).isEqualTo(steps(4, 7, 9, 10));
    }

    @Test
    void eventsAreCountedInTheStepsOfTheModule() {
        EventSeries input = EventSeries.of(0, 0.003, 1, new double[] {0.0001, 0.0009, 0.002}, new int[] {0, 0, 0});
        assertThat(new Sum(false).timed(DT).evolve(input).output()).isEqualTo(steps(0, 2, 2, 3));
    }

    // ---- what comes out

    @Test
    void spikingModulesGiveEvents() {
        EventSeries spikes = new Sum(true).timed(DT).evolve(steps(0, 1, 1)).events();
        assertThat(spikes.times()).containsExactly(0, 0.001, 0.001);
        TimedEvolution continuous = new Sum(true)
                .timed(DT)
                .withOutput(TimedModule.Output.CONTINUOUS)
                .evolve(steps(0, 1, 1));
        assertThat(continuous.continuous()).isEqualTo(steps(0, 1, 2));
        assertThatThrownBy(continuous::events)
                .hasMessage("the output is continuous, expected events: see TimedModule.withOutput");
        assertThatThrownBy(() -> new Sum(true).timed(DT).evolve(steps(0, 1)).continuous())
                .hasMessage("the output is events, expected it to be continuous: see TimedModule.withOutput");
        assertThatThrownBy(() -> new Sum(true).timed(DT).evolve(steps(0, 1, 0.5f)))
                .hasMessage("Sum: the output cannot be a series: channel '0' has 1.5 events in the step at 0.001 s,"
                        + " expected a whole number; the module stands at 0.002 s now");
    }

    @Test
    void aLifFiresWhereItFiresWithoutTime() {
        float[] current = new float[50];
        Arrays.fill(current, 0.3f);
        Tensor expected = new LIF(1).evolve(Tensor.of(current)).output();
        EventSeries spikes = new LIF(1).timed().evolve(steps(0, current)).events();
        assertThat(spikes.count()).isPositive();
        assertThat(spikes.raster(DT)).isEqualTo(expected.reshape(50, 1));
    }

    @Test
    void recordsAreSeriesToo() {
        Module network = new Sequential(new Linear(1, 2), new LIF(2));
        TimedModule timed = network.timed();
        timed.evolve(0.003);
        TimedEvolution result = timed.evolve(steps(3, 1, 2), network.recorder(List.of("1_LIF")));
        assertThat(result.record().keySet()).containsExactly("1_LIF.vmem", "1_LIF.isyn", "1_LIF.irec", "1_LIF.spikes");
        ContinuousSeries isyn = result.record().get("1_LIF.isyn");
        assertThat(isyn.channels()).containsExactly("0.0", "1.0");
        assertThat(isyn.times()).containsExactly(0.003, 0.004);
        assertThat(result.record().get("1_LIF.vmem").channels()).containsExactly("0", "1");
        assertThat(new Sum(false)
                        .timed(DT)
                        .evolve(steps(0, 4, 5), Recorder.all())
                        .record())
                .containsEntry("last", steps(0, 4, 9));
        assertThat(timed.evolve(steps(5, 1)).record()).isEmpty();
    }

    @Test
    void aFreshBatchIsOneStream() {
        Module sum = new LIF(1);
        sum.evolve(Tensor.zeros(Shape.of(2, 3, 1)));
        assertThatThrownBy(() -> sum.timed().evolve(0.001))
                .hasMessage("LIF: the input has a batch of 1, but the state that it continues is a batch of 2;"
                        + " call resetState() first");
    }

    // ---- pieces

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    private static Module network(Random random) {
        Arguments lif = Arguments.shape(3).with("tau_mem", 0.01).with("noise_std", random.nextInt(2) * 2.0);
        Arguments rate = Arguments.shape(2).with("tau", 0.02).with("noise_std", random.nextInt(2) * 1.0);
        Tensor weight = Tensor.of(new float[][] {{2, 3, 4}, {1, 0, 5}});
        Module linear = new Linear(Arguments.shape(2, 3).with("weight", weight));
        return random.nextBoolean()
                ? new Sequential(new Rate(rate), linear, new LIF(lif))
                : new Sequential(linear, new LIF(lif), new ExpSyn(3));
    }

    /** Everything that came out, piece by piece, as one series each. */
    private static Map<String, TimeSeries> evolve(Module network, List<TimeSeries> pieces) {
        Map<String, TimeSeries> all = new LinkedHashMap<>();
        TimedModule timed = network.timed();
        for (TimeSeries piece : pieces) {
            TimedEvolution result = timed.evolve(piece, Recorder.all());
            all.merge("output", result.output(), TimedModuleTest::append);
            result.record().forEach((path, series) -> all.merge(path, series, TimedModuleTest::append));
        }
        return all;
    }

    private static TimeSeries append(TimeSeries left, TimeSeries right) {
        return left instanceof EventSeries events
                ? events.append((EventSeries) right)
                : ((ContinuousSeries) left).append((ContinuousSeries) right);
    }

    private static List<TimeSeries> cut(TimeSeries whole, double[] cuts) {
        List<TimeSeries> pieces = new ArrayList<>();
        double from = whole.start();
        for (double to : cuts) {
            pieces.add(whole.clip(from, to));
            from = to;
        }
        pieces.add(whole.clip(from, whole.stop()));
        return pieces;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void piecesGiveTheSameBitsAsTheWhole(long seed) {
        int steps = 60;
        Random random = new Random(seed);
        float[] samples = new float[2 * 25];
        double[] times = new double[25];
        for (int i = 0; i < 25; i++) {
            samples[2 * i] = (float) random.nextGaussian();
            samples[2 * i + 1] = (float) random.nextGaussian();
            times[i] = steps * DT / 24 * i;
        }
        Interpolation interpolation = random.nextBoolean() ? Interpolation.LINEAR : Interpolation.PREVIOUS;
        ContinuousSeries continuous = ContinuousSeries.of(times, Tensor.wrap(samples, 25, 2), interpolation);
        double[] cuts = random.doubles(6, 0, continuous.stop()).sorted().toArray();
        assertThat(evolve(network(new Random(seed)), cut(continuous, cuts)))
                .as("seed %d, cuts at %s", seed, Arrays.toString(cuts))
                .isEqualTo(evolve(network(new Random(seed)), List.of(continuous)));

        double[] at = random.doubles(40, 0, steps * DT).toArray();
        for (int i = 0; i < at.length; i += 3) {
            at[i] = random.nextInt(steps) * DT;
        }
        int[] on = random.ints(40, 0, 2).toArray();
        EventSeries events = EventSeries.of(0, steps * DT, 2, at, on);
        double[] onSteps = random.ints(6, 0, steps + 1)
                .sorted()
                .mapToDouble(step -> step * DT)
                .toArray();
        assertThat(evolve(network(new Random(seed)), cut(events, onSteps)))
                .as("seed %d, cuts at %s", seed, Arrays.toString(onSteps))
                .isEqualTo(evolve(network(new Random(seed)), List.of(events)));
    }

    @Test
    void theSeriesOfAModuleEqualWhatItGivesWithoutTime() {
        Random random = new Random(3);
        float[] input = new float[40];
        for (int i = 0; i < input.length; i++) {
            input[i] = 3 * random.nextFloat();
        }
        Tensor raster = Tensor.wrap(input, 20, 2);
        Tensor expected = network(new Random(1)).evolve(raster).output();
        TimeSeries output = network(new Random(1))
                .timed()
                .evolve(ContinuousSeries.ofRaster(DT, 0, raster))
                .output();
        assertThat(output.raster(DT)).isEqualTo(expected.reshape(20, 3));
    }
}
