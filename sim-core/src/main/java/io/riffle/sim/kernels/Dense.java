package io.riffle.sim.kernels;

/** Products of signals and weight matrices. */
public final class Dense {
    private Dense() {}

    /**
     * {@code output[r] += input[r] * weights} for each row r; the output must be zero at the start.
     *
     * @param input {@code rows} x {@code sizeIn}, from {@code inputAt}
     * @param weights {@code sizeIn} x {@code sizeOut}
     * @param output {@code rows} x {@code sizeOut}, from {@code outputAt}
     */
    public static void multiply(
            float[] input,
            int inputAt,
            int rows,
            float[] weights,
            int sizeIn,
            int sizeOut,
            float[] output,
            int outputAt) {
        for (int row = 0; row < rows; row++) {
            addRows(input, inputAt + row * sizeIn, sizeIn, weights, sizeOut, output, outputAt + row * sizeOut);
        }
    }

    /** {@code output += sum over i of input[i] * weights[i]}; silent inputs are skipped, which changes no bit. */
    static void addRows(
            float[] input, int inputAt, int sizeIn, float[] weights, int sizeOut, float[] output, int outputAt) {
        for (int i = 0; i < sizeIn; i++) {
            float value = input[inputAt + i];
            if (value != 0) {
                int rowAt = i * sizeOut;
                for (int j = 0; j < sizeOut; j++) {
                    output[outputAt + j] += value * weights[rowAt + j];
                }
            }
        }
    }
}
