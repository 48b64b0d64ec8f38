package io.riffle.sim.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over vectors of the widest kind that the processor has. Only {@link Kernels} names this class, and by its text, as
 * it cannot be loaded where {@code jdk.incubator.vector} is not.
 *
 * <p>The methods are small and alike on purpose: the compiler keeps vectors in registers only where all of a loop fits into
 * what it inlines, and a helper in between that it leaves out costs more than everything else.
 */
final class VectorKernel implements Kernel {
    /** The system property {@code riffle.kernel.bits} is for testing the vectors of other processors, which is slow. */
    private static final VectorSpecies<Float> FLOATS = VectorSpecies.of(
            float.class,
            VectorShape.forBitSize(
                    Integer.getInteger("riffle.kernel.bits", FloatVector.SPECIES_PREFERRED.vectorBitSize())));

    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
    private static final int LANES = FLOATS.length();

    /** Lane i has bit i. */
    private static final IntVector BIT = IntVector.broadcast(INTS, 1)
            .lanewise(VectorOperators.LSHL, IntVector.broadcast(INTS, 0).addIndex(1));

    /** Until JDK 20 the bits of a mask are read lane by lane, which is slower than to compute them. */
    private static final boolean MASKS = Runtime.version().feature() >= 21;

    /** For {@link Kernels}. */
    VectorKernel() {
        if (LANES < 4 || LANES > 16) {
            throw new UnsupportedOperationException("vectors have %d lanes, expected 4 to 16".formatted(LANES));
        }
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public String description() {
        return "vectors of %d bits".formatted(FLOATS.vectorBitSize());
    }

    @Override
    public void sumRows(Active active, float[] weights, int stride, int columns, float[] sum, int at) {
        int j = 0;
        for (; j + 8 * LANES <= columns; j += 8 * LANES) {
            sumEight(active, weights, stride, j, sum, at + j);
        }
        if (j + 4 * LANES <= columns) {
            sumFour(active, weights, stride, j, sum, at + j);
            j += 4 * LANES;
        }
        for (; j + LANES <= columns; j += LANES) {
            sumOne(active, weights, stride, j, sum, at + j);
        }
        for (; j < columns; j++) {
            float total = 0;
            for (int i = 0; i < active.count; i++) {
                int channel = active.index[i];
                total += active.row[active.at + channel] * weights[channel * stride + j];
            }
            sum[at + j] = total;
        }
    }

    /** As many columns as eight registers hold. */
    private static void sumEight(Active active, float[] weights, int stride, int column, float[] sum, int at) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector sum4 = sum0;
        FloatVector sum5 = sum0;
        FloatVector sum6 = sum0;
        FloatVector sum7 = sum0;
        int[] index = active.index;
        float[] values = active.row;
        int from = active.at;
        for (int i = 0; i < active.count; i++) {
            int channel = index[i];
            FloatVector value = FloatVector.broadcast(FLOATS, values[from + channel]);
            int row = channel * stride + column;
            sum0 = sum0.add(value.mul(FloatVector.fromArray(FLOATS, weights, row)));
            sum1 = sum1.add(value.mul(FloatVector.fromArray(FLOATS, weights, row + LANES)));
            sum2 = sum2.add(value.mul(FloatVector.fromArray(FLOATS, weights, row + 2 * LANES)));
            sum3 = sum3.add(value.mul(FloatVector.fromArray(FLOATS, weights, row + 3 * LANES)));
            sum4 = sum4.add(value.mul(FloatVector.fromArray(FLOATS, weights, row + 4 * LANES)));
            sum5 = sum5.add(value.mul(FloatVector.fromArray(FLOATS, weights, row + 5 * LANES)));
            sum6 = sum6.add(value.mul(FloatVector.fromArray(FLOATS, weights, row + 6 * LANES)));
            sum7 = sum7.add(value.mul(FloatVector.fromArray(FLOATS, weights, row + 7 * LANES)));
        }
        sum0.intoArray(sum, at);
        sum1.intoArray(sum, at + LANES);
        sum2.intoArray(sum, at + 2 * LANES);
        sum3.intoArray(sum, at + 3 * LANES);
        sum4.intoArray(sum, at + 4 * LANES);
        sum5.intoArray(sum, at + 5 * LANES);
        sum6.intoArray(sum, at + 6 * LANES);
        sum7.intoArray(sum, at + 7 * LANES);
    }

    private static void sumFour(Active active, float[] weights, int stride, int column, float[] sum, int at) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        int[] index = active.index;
        float[] values = active.row;
        int from = active.at;
        for (int i = 0; i < active.count; i++) {
            int channel = index[i];
            FloatVector value = FloatVector.broadcast(FLOATS, values[from + channel]);
            int row = channel * stride + column;
            sum0 = sum0.add(value.mul(FloatVector.fromArray(FLOATS, weights, row)));
            sum1 = sum1.add(value.mul(FloatVector.fromArray(FLOATS, weights, row + LANES)));
            sum2 = sum2.add(value.mul(FloatVector.fromArray(FLOATS, weights, row + 2 * LANES)));
            sum3 = sum3.add(value.mul(FloatVector.fromArray(FLOATS, weights, row + 3 * LANES)));
        }
        sum0.intoArray(sum, at);
        sum1.intoArray(sum, at + LANES);
        sum2.intoArray(sum, at + 2 * LANES);
        sum3.intoArray(sum, at + 3 * LANES);
    }

    private static void sumOne(Active active, float[] weights, int stride, int column, float[] sum, int at) {
        FloatVector total = FloatVector.zero(FLOATS);
        int[] index = active.index;
        float[] values = active.row;
        int from = active.at;
        for (int i = 0; i < active.count; i++) {
            int channel = index[i];
            FloatVector row = FloatVector.fromArray(FLOATS, weights, channel * stride + column);
            total = total.add(
                    FloatVector.broadcast(FLOATS, values[from + channel]).mul(row));
        }
        total.intoArray(sum, at);
    }

    @Override
    public void multiply(
            float[] input,
            int inputAt,
            int sizeIn,
            float[] weights,
            int stride,
            int columns,
            float[] output,
            int outputAt) {
        int j = 0;
        for (; j + 2 * LANES <= columns; j += 2 * LANES) {
            multiplyTwo(input, inputAt, sizeIn, weights, stride, j, output, outputAt + j, columns);
        }
        for (; j + LANES <= columns; j += LANES) {
            multiplyOne(input, inputAt, sizeIn, weights, stride, j, output, outputAt + j, columns);
        }
        for (; j < columns; j++) {
            for (int r = 0; r < 4; r++) {
                float total = 0;
                for (int i = 0; i < sizeIn; i++) {
                    total += input[inputAt + r * sizeIn + i] * weights[i * stride + j];
                }
                output[outputAt + r * columns + j] = total;
            }
        }
    }

    @Override
    public int denseRows() {
        return 4;
    }

    /** Four rows by two vectors of columns, so that each weight is read once for four rows. */
    private static void multiplyTwo(
            float[] input,
            int inputAt,
            int sizeIn,
            float[] weights,
            int stride,
            int column,
            float[] output,
            int at,
            int columns) {
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        for (int i = 0; i < sizeIn; i++) {
            FloatVector left = FloatVector.fromArray(FLOATS, weights, i * stride + column);
            FloatVector right = FloatVector.fromArray(FLOATS, weights, i * stride + column + LANES);
            FloatVector a = FloatVector.broadcast(FLOATS, input[inputAt + i]);
            a0 = a0.add(a.mul(left));
            a1 = a1.add(a.mul(right));
            FloatVector b = FloatVector.broadcast(FLOATS, input[inputAt + sizeIn + i]);
            b0 = b0.add(b.mul(left));
            b1 = b1.add(b.mul(right));
            FloatVector c = FloatVector.broadcast(FLOATS, input[inputAt + 2 * sizeIn + i]);
            c0 = c0.add(c.mul(left));
            c1 = c1.add(c.mul(right));
            FloatVector d = FloatVector.broadcast(FLOATS, input[inputAt + 3 * sizeIn + i]);
            d0 = d0.add(d.mul(left));
            d1 = d1.add(d.mul(right));
        }
        a0.intoArray(output, at);
        a1.intoArray(output, at + LANES);
        b0.intoArray(output, at + columns);
        b1.intoArray(output, at + columns + LANES);
        c0.intoArray(output, at + 2 * columns);
        c1.intoArray(output, at + 2 * columns + LANES);
        d0.intoArray(output, at + 3 * columns);
        d1.intoArray(output, at + 3 * columns + LANES);
    }

    private static void multiplyOne(
            float[] input,
            int inputAt,
            int sizeIn,
            float[] weights,
            int stride,
            int column,
            float[] output,
            int at,
            int columns) {
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        for (int i = 0; i < sizeIn; i++) {
            FloatVector row = FloatVector.fromArray(FLOATS, weights, i * stride + column);
            a = a.add(FloatVector.broadcast(FLOATS, input[inputAt + i]).mul(row));
            b = b.add(FloatVector.broadcast(FLOATS, input[inputAt + sizeIn + i]).mul(row));
            c = c.add(FloatVector.broadcast(FLOATS, input[inputAt + 2 * sizeIn + i])
                    .mul(row));
            d = d.add(FloatVector.broadcast(FLOATS, input[inputAt + 3 * sizeIn + i])
                    .mul(row));
        }
        a.intoArray(output, at);
        b.intoArray(output, at + columns);
        c.intoArray(output, at + 2 * columns);
        d.intoArray(output, at + 3 * columns);
    }

    @Override
    public void findActive(int count, Active active) {
        float[] values = active.row;
        int at = active.at;
        int found = 0;
        int from = 0;
        for (; from + Padding.BLOCK <= count; from += Padding.BLOCK) {
            found = list(activeBits(values, at + from), from, active.index, found);
        }
        if (from + LANES <= count) {
            int vectors = (count - from) / LANES;
            found = list(activeBitsOfVectors(values, at + from, vectors), from, active.index, found);
            from += vectors * LANES;
        }
        PlainKernel.findActive(from, count, active, found);
    }

    /**
     * Lists the numbers of the bits behind those that are listed already, and says how many there are then. Eight are
     * written at a time, whether there are so many or not: nobody can foresee who fires, so branches that depend on it cost
     * more than writing in vain, for which {@link Active} has room.
     */
    private static int list(int bits, int from, int[] index, int found) {
        int left = bits;
        int next = found;
        do {
            index[next] = from + Integer.numberOfTrailingZeros(left);
            left &= left - 1;
            index[next + 1] = from + Integer.numberOfTrailingZeros(left);
            left &= left - 1;
            index[next + 2] = from + Integer.numberOfTrailingZeros(left);
            left &= left - 1;
            index[next + 3] = from + Integer.numberOfTrailingZeros(left);
            left &= left - 1;
            index[next + 4] = from + Integer.numberOfTrailingZeros(left);
            left &= left - 1;
            index[next + 5] = from + Integer.numberOfTrailingZeros(left);
            left &= left - 1;
            index[next + 6] = from + Integer.numberOfTrailingZeros(left);
            left &= left - 1;
            index[next + 7] = from + Integer.numberOfTrailingZeros(left);
            left &= left - 1;
            next += 8;
        } while (left != 0);
        return found + Integer.bitCount(bits);
    }

    @Override
    public int countActive(float[] values, int at, int count) {
        int active = 0;
        int from = 0;
        for (; from + Padding.BLOCK <= count; from += Padding.BLOCK) {
            active += Integer.bitCount(activeBits(values, at + from));
        }
        for (; from < count; from++) {
            active += values[at + from] != 0 ? 1 : 0;
        }
        return active;
    }

    /** Bit i says whether value i of a block is not zero. */
    private static int activeBits(float[] values, int at) {
        if (MASKS) {
            long bits = 0;
            for (int j = 0; j < Padding.BLOCK; j += LANES) {
                FloatVector vector = FloatVector.fromArray(FLOATS, values, at + j);
                bits |= vector.compare(VectorOperators.NE, 0).toLong() << j;
            }
            return (int) bits;
        }
        if (LANES == 8) {
            return notZero(values, at)
                    .or(notZero(values, at + 8).lanewise(VectorOperators.LSHL, 8))
                    .or(notZero(values, at + 16).lanewise(VectorOperators.LSHL, 16))
                    .or(notZero(values, at + 24).lanewise(VectorOperators.LSHL, 24))
                    .reduceLanes(VectorOperators.OR);
        }
        int bits = 0;
        for (int j = 0; j < Padding.BLOCK; j += LANES) {
            bits |= notZero(values, at + j).reduceLanes(VectorOperators.OR) << j;
        }
        return bits;
    }

    /** The same of fewer vectors than a block has. */
    private static int activeBitsOfVectors(float[] values, int at, int vectors) {
        int bits = 0;
        for (int vector = 0; vector < vectors; vector++) {
            int from = vector * LANES;
            if (MASKS) {
                FloatVector some = FloatVector.fromArray(FLOATS, values, at + from);
                bits |= (int) some.compare(VectorOperators.NE, 0).toLong() << from;
            } else {
                bits |= notZero(values, at + from).reduceLanes(VectorOperators.OR) << from;
            }
        }
        return bits;
    }

    /** Bit i in lane i where the value is not zero: without its sign, itself or its negative is below zero then. */
    private static IntVector notZero(float[] values, int at) {
        IntVector unsigned =
                FloatVector.fromArray(FLOATS, values, at).reinterpretAsInts().lanewise(VectorOperators.LSHL, 1);
        return unsigned.or(unsigned.neg()).lanewise(VectorOperators.ASHR, 31).and(BIT);
    }

    @Override
    public void charge(float[] isyn, float[] input, int inputAt, float[] factor, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector.fromArray(FLOATS, isyn, i)
                    .add(FloatVector.fromArray(FLOATS, input, inputAt + i))
                    .mul(FloatVector.fromArray(FLOATS, factor, i))
                    .intoArray(isyn, i);
        }
    }

    @Override
    public void charge(float[] isyn, float[] input, int inputAt, float[] irec, float[] factor, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector.fromArray(FLOATS, isyn, i)
                    .add(FloatVector.fromArray(FLOATS, input, inputAt + i))
                    .add(FloatVector.fromArray(FLOATS, irec, i))
                    .mul(FloatVector.fromArray(FLOATS, factor, i))
                    .intoArray(isyn, i);
        }
    }

    @Override
    public void integrate(float[] vmem, float[] current, int currentAt, float[] factor, float[] bias, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector.fromArray(FLOATS, vmem, i)
                    .mul(FloatVector.fromArray(FLOATS, factor, i))
                    .add(FloatVector.fromArray(FLOATS, current, currentAt + i))
                    .add(FloatVector.fromArray(FLOATS, bias, i))
                    .intoArray(vmem, i);
        }
    }

    @Override
    public void findReached(float[] vmem, float[] threshold, int count, Active reached) {
        int found = 0;
        for (int from = 0; from < count; from += Padding.BLOCK) {
            found = list(reachedBits(vmem, threshold, from), from, reached.index, found);
        }
        reached.count = found;
    }

    /** Bit i says whether neuron i of a block has reached its threshold. */
    private static int reachedBits(float[] vmem, float[] threshold, int at) {
        if (MASKS) {
            long bits = 0;
            for (int j = at; j < at + Padding.BLOCK; j += LANES) {
                FloatVector vector = FloatVector.fromArray(FLOATS, vmem, j);
                bits |= vector.compare(VectorOperators.GE, FloatVector.fromArray(FLOATS, threshold, j))
                                .toLong()
                        << (j - at);
            }
            return (int) bits;
        }
        if (LANES == 8) {
            return ~below(vmem, threshold, at)
                    .or(below(vmem, threshold, at + 8).lanewise(VectorOperators.LSHL, 8))
                    .or(below(vmem, threshold, at + 16).lanewise(VectorOperators.LSHL, 16))
                    .or(below(vmem, threshold, at + 24).lanewise(VectorOperators.LSHL, 24))
                    .reduceLanes(VectorOperators.OR);
        }
        int bits = 0;
        for (int j = 0; j < Padding.BLOCK; j += LANES) {
            bits |= below(vmem, threshold, at + j).reduceLanes(VectorOperators.OR) << j;
        }
        return ~bits;
    }

    /** Bit i in lane i where the difference is below zero, which its sign says exactly. */
    private static IntVector below(float[] vmem, float[] threshold, int at) {
        return FloatVector.fromArray(FLOATS, vmem, at)
                .sub(FloatVector.fromArray(FLOATS, threshold, at))
                .reinterpretAsInts()
                .lanewise(VectorOperators.ASHR, 31)
                .and(BIT);
    }
}
