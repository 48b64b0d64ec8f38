package io.riffle.sim.kernels;

import java.util.Arrays;

/** Plain loops, which run everywhere: what the other kernels are measured against, and held to. */
final class PlainKernel implements Kernel {
    private final String description;

    /** @param reason why there is no faster one */
    PlainKernel(String reason) {
        description = "plain loops (%s)".formatted(reason);
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public void sumRows(Active active, float[] weights, int stride, int columns, float[] sum, int at) {
        Arrays.fill(sum, at, at + columns, 0);
        for (int i = 0; i < active.count; i++) {
            int channel = active.index[i];
            float value = active.row[active.at + channel];
            int row = channel * stride;
            for (int j = 0; j < columns; j++) {
                sum[at + j] += value * weights[row + j];
            }
        }
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
        Arrays.fill(output, outputAt, outputAt + columns, 0);
        for (int i = 0; i < sizeIn; i++) {
            float value = input[inputAt + i];
            int row = i * stride;
            for (int j = 0; j < columns; j++) {
                output[outputAt + j] += value * weights[row + j];
            }
        }
    }

    @Override
    public int denseRows() {
        return 1;
    }

    @Override
    public void findActive(int count, Active active) {
        findActive(0, count, active, 0);
    }

    /** From the channel {@code from} on, behind {@code found} that are listed already. */
    static void findActive(int from, int count, Active active, int found) {
        int next = found;
        for (int i = from; i < count; i++) {
            if (active.row[active.at + i] != 0) {
                active.index[next] = i;
                next++;
            }
        }
        active.count = next;
    }

    @Override
    public int countActive(float[] values, int at, int count) {
        int active = 0;
        for (int i = 0; i < count; i++) {
            if (values[at + i] != 0) {
                active++;
            }
        }
        return active;
    }

    @Override
    public void charge(float[] isyn, float[] input, int inputAt, float[] factor, int count) {
        for (int i = 0; i < count; i++) {
            isyn[i] = (isyn[i] + input[inputAt + i]) * factor[i];
        }
    }

    @Override
    public void charge(float[] isyn, float[] input, int inputAt, float[] irec, float[] factor, int count) {
        for (int i = 0; i < count; i++) {
            isyn[i] = (isyn[i] + input[inputAt + i] + irec[i]) * factor[i];
        }
    }

    @Override
    public void integrate(float[] vmem, float[] current, int currentAt, float[] factor, float[] bias, int count) {
        for (int i = 0; i < count; i++) {
            vmem[i] = vmem[i] * factor[i] + current[currentAt + i] + bias[i];
        }
    }

    @Override
    public void findReached(float[] vmem, float[] threshold, int count, Active reached) {
        int next = 0;
        for (int i = 0; i < count; i++) {
            if (vmem[i] >= threshold[i]) {
                reached.index[next] = i;
                next++;
            }
        }
        reached.count = next;
    }
}
