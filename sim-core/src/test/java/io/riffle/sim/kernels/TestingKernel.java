package io.riffle.sim.kernels;

/** Does nothing, so faster than all others. */
final class TestingKernel implements Kernel {
    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public String description() {
        return "nothing";
    }

    @Override
    public void sumRows(Active active, float[] weights, int stride, int columns, float[] sum, int at) {}

    @Override
    public void multiply(
            float[] input,
            int inputAt,
            int sizeIn,
            float[] weights,
            int stride,
            int columns,
            float[] output,
            int outputAt) {}

    @Override
    public int denseRows() {
        return 1;
    }

    @Override
    public void findActive(int count, Active active) {}

    @Override
    public int countActive(float[] values, int at, int count) {
        return 0;
    }

    @Override
    public void charge(float[] isyn, float[] input, int inputAt, float[] factor, int count) {}

    @Override
    public void charge(float[] isyn, float[] input, int inputAt, float[] irec, float[] factor, int count) {}

    @Override
    public void integrate(float[] vmem, float[] current, int currentAt, float[] factor, float[] bias, int count) {}

    @Override
    public void findReached(float[] vmem, float[] threshold, int count, Active reached) {}
}
