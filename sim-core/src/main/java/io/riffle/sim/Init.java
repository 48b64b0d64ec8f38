package io.riffle.sim;

import java.util.Random;

/** Gives the initial value of an attribute for a shape; always the same one, so that a reset is reproducible. */
@FunctionalInterface
public interface Init {
    Tensor create(Shape shape);

    static Init zeros() {
        return Tensor::zeros;
    }

    static Init ones() {
        return constant(1);
    }

    static Init constant(double value) {
        return shape -> Tensor.full(shape, value);
    }

    /** Uniform in [low, high), drawn from the seed. */
    static Init uniform(double low, double high, long seed) {
        return shape -> {
            Random random = new Random(seed);
            float[] values = new float[shape.count()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (low + (high - low) * random.nextDouble());
            }
            return Tensor.wrap(values, shape);
        };
    }

    /** Normal with mean 0 and the given standard deviation, drawn from the seed. */
    static Init normal(double deviation, long seed) {
        return shape -> {
            Random random = new Random(seed);
            float[] values = new float[shape.count()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
            return Tensor.wrap(values, shape);
        };
    }

    /** Uniform within sqrt(6 / fan-in) around zero, fan-in being the first size: He et al., 2015. */
    static Init kaiming(long seed) {
        return shape -> {
            double bound = StrictMath.sqrt(6.0 / Math.max(1, shape.sizeIn()));
            return uniform(-bound, bound, seed).create(shape);
        };
    }

    /** Uniform within sqrt(6 / (fan-in + fan-out)) around zero: Glorot and Bengio, 2010. */
    static Init xavier(long seed) {
        return shape -> {
            double bound = StrictMath.sqrt(6.0 / Math.max(1, shape.sizeIn() + shape.sizeOut()));
            return uniform(-bound, bound, seed).create(shape);
        };
    }

    /** Normal with deviation 1 / sqrt(N), N being the first size: a square matrix has its eigenvalues about within the unit circle. */
    static Init unitEigs(long seed) {
        return shape ->
                normal(1 / StrictMath.sqrt(Math.max(1, shape.sizeIn())), seed).create(shape);
    }

    /** Uniform within sqrt(1 / N) around zero, N being the last size. */
    static Init uniformSqrt(long seed) {
        return shape -> {
            double bound = StrictMath.sqrt(1.0 / Math.max(1, shape.sizeOut()));
            return uniform(-bound, bound, seed).create(shape);
        };
    }
}
