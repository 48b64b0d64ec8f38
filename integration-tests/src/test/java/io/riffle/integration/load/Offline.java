package io.riffle.integration.load;

import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Tensor;
import java.util.Arrays;

/** What a network gives for one stream when nothing disturbs it, computed as far as anybody asks. For one thread. */
final class Offline {
    private static final int AT_ONCE = 100;

    private final Module network;
    private final String stream;
    private final ModuleState state;
    private float[] values = new float[1024];
    private int steps;

    Offline(Module network, long seed, String stream) {
        this.network = network;
        this.stream = stream;
        this.state = ModuleState.of(network, "", network.newState(1).valuesWithoutCopy(), seed, stream, 0);
    }

    /** Row-major [to - from, outputs]. */
    float[] output(long from, long to) {
        while (steps < to) {
            advance();
        }
        int size = network.sizeOut();
        return Arrays.copyOfRange(values, (int) from * size, (int) to * size);
    }

    private void advance() {
        Tensor input = Tensor.wrap(Sensor.read(stream, steps, AT_ONCE), 1, AT_ONCE, Sensor.CHANNELS);
        float[] output = network.advance(input, state, Recorder.NONE).toArray();
        int at = steps * network.sizeOut();
        if (at + output.length > values.length) {
            values = Arrays.copyOf(values, 2 * values.length + output.length);
        }
        System.arraycopy(output, 0, values, at, output.length);
        steps += AT_ONCE;
    }
}
