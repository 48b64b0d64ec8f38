package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
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

    /** The shape (N,) or (N, N) of a module that gives as many channels as it takes. */
    static Shape sameInAndOut(String module, Arguments given) {
        Shape shape = given.of(module).shape();
        if (shape.rank() == 0 || shape.rank() > 2 || shape.sizeIn() != shape.sizeOut()) {
            throw new RiffleException("%s: the shape is %s, expected (N,) or (N, N)".formatted(module, shape));
        }
        return shape;
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

    /** dt / tau, by which a variable moves towards its input in a step; above 1 it would overshoot. */
    static float eulerRate(Module module, String name, float dt, float tau) {
        if (!(tau >= dt)) {
            throw new RiffleException(
                    "%s: %s is %s s, shorter than dt, so the neuron would not be stable; expected at least %s s"
                            .formatted(module.where(), name, tau, dt));
        }
        return dt / tau;
    }

    static void record(Recorder recorder, String name, float[] values, int... shape) {
        if (values != null) {
            recorder.record(name, Tensor.wrap(values, shape));
        }
    }
}
