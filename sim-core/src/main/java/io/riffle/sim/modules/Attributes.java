package io.riffle.sim.modules;

import io.riffle.sim.Module;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import java.util.Arrays;

/** What the modules have in common in reading their attributes and writing their records. */
final class Attributes {
    private Attributes() {}

    /** A fresh array of {@code count} values: the tensor's own, repeated where it has fewer, as () or (1, K). */
    static float[] spread(Tensor tensor, int count) {
        float[] given = tensor.arrayWithoutCopy();
        float[] values = Arrays.copyOf(given, count);
        for (int i = given.length; i < count; i++) {
            values[i] = given[i % given.length];
        }
        return values;
    }

    static double positive(Module module, String name, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new RiffleException("%s: %s is %s, expected above 0".formatted(module.where(), name, value));
        }
        return value;
    }

    static double notNegative(Module module, String name, double value) {
        if (!(value >= 0)) {
            throw new RiffleException("%s: %s is %s, expected 0 or above".formatted(module.where(), name, value));
        }
        return value;
    }

    static void record(Recorder recorder, String name, float[] values, int... shape) {
        if (values != null) {
            recorder.record(name, Tensor.wrap(values, shape));
        }
    }
}
