package io.riffle.operators.raster;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.operators.raster.PlainRaster.Sample;
import io.riffle.schemas.Chunk;
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
            long lateness = random.nextInt(40);
            List<Sample> samples = samples(random);
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

    @ParameterizedTest
    @EnumSource
    void whateverComesLeavesFiniteStepsInOrder(RasterRule rule) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            RasterSettings settings = new RasterSettings(rule, random.nextInt(30), 1 + random.nextInt(20), 0);
            TestingRaster raster = new TestingRaster(settings, DT / 1e9, 2);
            long now = random.nextInt(10) == 0 ? 0 : random.nextLong(Samples.END_OF_TIME);
            for (int record = 0; record < 50; record++) {
                int size = random.nextInt(6);
                long[] times = new long[size];
                float[] values = new float[2 * size];
                for (int row = 0; row < size; row++) {
                    long time = random.nextInt(30) == 0
                            ? random.nextLong(Samples.END_OF_TIME)
                            : now + random.nextLong(-50 * DT, 50 * DT);
                    times[row] = Math.max(0, Math.min(Samples.END_OF_TIME - 1, time));
                    values[2 * row] = Float.MAX_VALUE * (random.nextInt(3) - 1);
                    values[2 * row + 1] = Float.intBitsToFloat(random.nextInt(0x7f800000));
                }
                long run = random.nextInt(40) == 0 ? random.nextLong(5) : raster.state.run;
                long timestamp = random.nextInt(10) == 0 ? random.nextLong() : now / DT + random.nextInt(40);
                raster.arrive(new Samples("a", run, 2, times, values), timestamp);
                raster.storeAndRestore();
                now += random.nextInt(20) * DT;
            }
            raster.finish();
            long run = 0;
            long next = 0;
            for (Chunk chunk : raster.chunks) {
                assertThat(chunk.run()).as("seed %d", seed).isGreaterThanOrEqualTo(run);
                assertThat(chunk.firstStep()).as("seed %d", seed).isGreaterThanOrEqualTo(chunk.run() == run ? next : 0);
                run = chunk.run();
                next = chunk.endStep();
                for (float value : chunk.values()) {
                    assertThat(Math.abs(value)).as("seed %d", seed).isLessThanOrEqualTo(Float.MAX_VALUE);
                }
            }
        }
    }

    /** In bursts and silences, some at the very beginning of a step, none at the same time as another. */
    private static List<Sample> samples(Random random) {
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
            time = next;
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
