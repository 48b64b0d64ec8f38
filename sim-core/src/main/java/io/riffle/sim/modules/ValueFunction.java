package io.riffle.sim.modules;

/**
 * A function of one value, for {@link Instant}. It must give the same bits for the same value on every machine: so no
 * functions of {@link Math} whose last bit may differ, but those of {@link StrictMath}.
 */
@FunctionalInterface
public interface ValueFunction {
    float of(float value);
}
