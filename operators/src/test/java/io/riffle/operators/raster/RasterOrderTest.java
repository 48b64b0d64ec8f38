package io.riffle.operators.raster;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operators.raster.PlainRaster.Sample;
import io.riffle.schemas.Samples;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever the order within the lateness, whatever the records: the same steps, which are those that the rule says. */
class RasterOrderTest {
    private static final int SEEDS = 300;
    private static final long DT = 1_000_000;

    @ParameterizedTest
    @EnumSource
    void orderWithinTheLatenessChangesNoBit(RasterRule rule) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            long maxGap = 1 + random.nextInt(20);
            long lateness = random.nextInt((int) maxGap + 1);
            List<Sample> samples = samples(random, (2 * maxGap - lateness) * DT);
            RasterSettings settings = new RasterSettings(rule, lateness, maxGap, 0);
            long end = samples.get(samples.size() - 1).time() - lateness * DT;

            TestingRaster inOrder = run(settings, samples, random, false);
            TestingRaster shuffled = run(settings, shuffled(samples, lateness, random), random, true);
            assertThat(shuffled.refused).as("seed %d", seed).isEmpty();
            assertThat(shuffled.bits()).as("seed %d", seed).isEqualTo(inOrder.bits());

            TreeMap<Long, List<Integer>> expected = new TreeMap<>();
            for (Map.Entry<Long, Float> step :
                    PlainRaster.steps(rule, samples, DT, maxGap, end / DT).entrySet()) {
                expected.put(step.getKey(), List.of(Float.floatToRawIntBits(step.getValue())));
            }
            assertThat(inOrder.bits()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    /** In bursts and silences, some at the very beginning of a step, none at the same time as another. */
    private static List<Sample> samples(Random random, long longest) {
        List<Sample> samples = new ArrayList<>();
        long time = 1_763_700_000_000_000_000L + random.nextInt(5) * DT;
        int count = 2 + random.nextInt(150);
        for (int i = 0; i < count; i++) {
            samples.add(new Sample(time, random.nextInt(10) == 0 ? -0f : random.nextFloat() * 10 - 5));
            long next = time + 1 + (long) (random.nextDouble() * random.nextInt(10) * DT);
            if (random.nextInt(20) == 0) {
                next += random.nextInt(35) * DT;
            }
            if (random.nextInt(5) == 0) {
                next = (next + DT - 1) / DT * DT;
            }
            time = Math.min(next, time + longest);
        }
        return samples;
    }

    /** None comes when one has come that is newer by more than the lateness. */
    private static List<Sample> shuffled(List<Sample> samples, long lateness, Random random) {
        record Delayed(Sample sample, double at) {}
        return samples.stream()
                .map(sample ->
                        new Delayed(sample, sample.time() % 1_000_000_000_000L + random.nextDouble() * lateness * DT))
                .sorted(Comparator.comparingDouble(Delayed::at))
                .map(Delayed::sample)
                .toList();
    }

    private static TestingRaster run(RasterSettings settings, List<Sample> samples, Random random, boolean store)
            throws Exception {
        TestingRaster raster = new TestingRaster(settings, DT / 1e9, 1);
        int from = 0;
        while (from < samples.size()) {
            int until = Math.min(samples.size(), from + 1 + random.nextInt(10));
            long[] times = samples.subList(from, until).stream()
                    .mapToLong(Sample::time)
                    .toArray();
            float[] values = new float[times.length];
            for (int row = 0; row < values.length; row++) {
                values[row] = samples.get(from + row).value();
            }
            raster.arrive(new Samples("a", 0, 1, times, values));
            if (store) {
                raster.storeAndRestore();
            }
            from = until;
        }
        return raster;
    }
}
