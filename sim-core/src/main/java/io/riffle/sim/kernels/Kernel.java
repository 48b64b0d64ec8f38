package io.riffle.sim.kernels;

/**
 * The loops that take the time, over float arrays. They check nothing: their callers have.
 *
 * <p>Every kernel gives the same bits. So each sum runs in ascending order with one multiply and one add each, never
 * fused; what runs side by side are outputs, never the terms of one sum.
 *
 * <p>Arrays that a caller pads reach to a multiple of {@link Padding#BLOCK}, with values that change nothing.
 */
interface Kernel {
    /** How many outputs it works on side by side, a divisor of {@link Padding#BLOCK}. */
    int lanes();

    /** In words, for people. */
    String description();

    /**
     * {@code sum[j] = sum over the active channels i of row[i] * weights[i][j]}, starting from zero.
     *
     * @param weights rows of {@code stride} values, of which the first {@code columns} count
     * @param sum from {@code at}
     */
    void sumRows(Active active, float[] weights, int stride, int columns, float[] sum, int at);

    /**
     * {@code output[r] = input[r] * weights} for {@link #denseRows} rows, silent inputs included.
     *
     * @param input rows of {@code sizeIn} values from {@code inputAt}
     * @param weights {@code sizeIn} rows of {@code stride} values, of which the first {@code columns} count
     * @param output rows of {@code columns} values from {@code outputAt}
     */
    void multiply(
            float[] input,
            int inputAt,
            int sizeIn,
            float[] weights,
            int stride,
            int columns,
            float[] output,
            int outputAt);

    /** How many rows {@link #multiply} takes at a time. */
    int denseRows();

    /** Lists which of the first {@code count} channels of the row are not zero, in ascending order. */
    void findActive(int count, Active active);

    /** How many values are not zero. */
    int countActive(float[] values, int at, int count);

    /** {@code isyn = (isyn + input) factor}. */
    void charge(float[] isyn, float[] input, int inputAt, float[] factor, int count);

    /** {@code isyn = ((isyn + input) + irec) factor}. */
    void charge(float[] isyn, float[] input, int inputAt, float[] irec, float[] factor, int count);

    /** {@code vmem = (vmem factor + current) + bias}. */
    void integrate(float[] vmem, float[] current, int currentAt, float[] factor, float[] bias, int count);

    /**
     * Lists where {@code vmem >= threshold}, in ascending order. It may name others whose vmem is not a number.
     *
     * @param count a multiple of {@link Padding#BLOCK}
     */
    void findReached(float[] vmem, float[] threshold, int count, Active reached);
}
