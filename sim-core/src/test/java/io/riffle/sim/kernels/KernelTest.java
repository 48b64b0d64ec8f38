package io.riffle.sim.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Vectors give the bits of plain loops. */
class KernelTest {
    private static final float[] ODD = {
        0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, Float.POSITIVE_INFINITY, 1f, -1f
    };

    private final Kernel plain = new PlainKernel("the reference");
    private Kernel best;
    private Random random;

    @BeforeEach
    void thereIsAnother() {
        best = Kernels.choose(
                "vector", ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(), Kernels::vectors);
        assumeTrue(!(best instanceof PlainKernel), best.description());
        random = new Random(5);
    }

    static IntStream sizes() {
        return IntStream.of(1, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, 200, 1024);
    }

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 4));
        }
        return numbers;
    }

    /** With values that are special in one way or another, about one in eight. */
    private float[] oddNumbers(int count) {
        float[] numbers = numbers(count);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(8) == 0) {
                numbers[i] = ODD[random.nextInt(ODD.length)];
            }
        }
        return numbers;
    }

    private Active active(int channels, double activity) {
        int at = random.nextInt(3);
        Active active = new Active(channels).of(numbers(at + channels), at);
        for (int i = 0; i < channels; i++) {
            if (random.nextDouble() < activity) {
                active.index[active.count++] = i;
            }
        }
        return active;
    }

    private void sameBits(float[] start, BiConsumer<Kernel, float[]> by) {
        float[] expected = start.clone();
        by.accept(plain, expected);
        float[] got = start.clone();
        by.accept(best, got);
        assertThat(bits(got)).isEqualTo(bits(expected));
    }

    private static int[] bits(float[] values) {
        return IntStream.range(0, values.length)
                .map(i -> Float.floatToIntBits(values[i]))
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void sumsOfRowsHaveTheSameBits(int columns) {
        for (double activity : new double[] {0, 0.1, 0.5, 1}) {
            int channels = 1 + random.nextInt(70);
            int stride = columns + random.nextInt(3);
            Active active = active(channels, activity);
            float[] weights = numbers(channels * stride);
            int at = random.nextInt(5);
            sameBits(
                    oddNumbers(at + columns + 3),
                    (kernel, sum) -> kernel.sumRows(active, weights, stride, columns, sum, at));
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void productsHaveTheSameBitsHoweverDense(int columns) {
        for (double silent : new double[] {0, 0.3, 0.9, 1}) {
            int channels = 1 + random.nextInt(70);
            int rows = 1 + random.nextInt(11);
            float[] weights = numbers(channels * columns);
            float[] input = numbers(2 + rows * channels);
            for (int i = 0; i < input.length; i++) {
                input[i] = random.nextDouble() < silent ? (random.nextBoolean() ? 0f : -0f) : input[i];
            }
            float[] expected = new float[rows * columns];
            for (int r = 0; r < rows; r++) {
                Active active = new Active(channels);
                plain.findActive(channels, active.of(input, 2 + r * channels));
                plain.sumRows(active, weights, columns, columns, expected, r * columns);
            }
            float[] padded = new float[1 + rows * columns];
            Product.of(weights, channels, columns).multiply(input, 2, rows, padded, 1);
            assertThat(bits(Arrays.copyOfRange(padded, 1, padded.length))).isEqualTo(bits(expected));
            float[] once = new float[rows * columns];
            Product.once(weights, channels, columns).multiply(input, 2, rows, once, 0);
            assertThat(bits(once)).isEqualTo(bits(expected));
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void activeChannelsAreFoundAndCounted(int channels) {
        float[] values = oddNumbers(channels + 2);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(3) == 0 ? values[i] : (random.nextBoolean() ? 0f : -0f);
        }
        Active expected = new Active(channels).of(values, 2);
        plain.findActive(channels, expected);
        Active got = new Active(channels).of(values, 2);
        best.findActive(channels, got);
        assertThat(Arrays.copyOf(got.index, got.count)).isEqualTo(Arrays.copyOf(expected.index, expected.count));
        assertThat(best.countActive(values, 2, channels)).isEqualTo(expected.count);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void synapsesAndMembranesHaveTheSameBits(int neurons) {
        int width = Padding.multiple(neurons, best.lanes());
        float[] input = oddNumbers(width + 3);
        float[] irec = oddNumbers(width);
        float[] factor = numbers(width);
        float[] bias = numbers(width);
        sameBits(oddNumbers(width), (kernel, isyn) -> kernel.charge(isyn, input, 3, factor, width));
        sameBits(oddNumbers(width), (kernel, isyn) -> kernel.charge(isyn, input, 3, irec, factor, width));
        sameBits(oddNumbers(width), (kernel, vmem) -> kernel.integrate(vmem, input, 3, factor, bias, width));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void whoHasReachedItsThresholdIsFound(int neurons) {
        int size = Padding.block(neurons);
        for (int round = 0; round < 20; round++) {
            float[] vmem = oddNumbers(size);
            float[] threshold = numbers(size);
            for (int n = 0; n < size; n++) {
                threshold[n] = Math.max(Math.abs(threshold[n]), Float.MIN_VALUE);
                vmem[n] = random.nextInt(4) == 0 ? threshold[n] : vmem[n];
                vmem[n] = random.nextInt(8) == 0 ? Math.nextDown(threshold[n]) : vmem[n];
            }
            Active expected = new Active(size);
            plain.findReached(vmem, threshold, size, expected);
            Active got = new Active(size);
            best.findReached(vmem, threshold, size, got);
            int[] numbers = IntStream.range(0, got.count)
                    .map(i -> got.index[i])
                    .filter(n -> !Float.isNaN(vmem[n])) // which it may name, as Membrane looks again
                    .toArray();
            assertThat(numbers).isEqualTo(Arrays.copyOf(expected.index, expected.count));
        }
    }
}
