package io.riffle.operators;

/**
 * What is stored for one stream in one operator: the step that comes next, and the values of the module's state in the
 * order of its {@link io.riffle.sim.StateLayout}. Mutable; owned by Flink's keyed state.
 */
public final class StreamState {
    long nextStep;
    /** Whether the module failed or diverged at the next step, so that the stream does not go on. */
    boolean quarantined;

    final float[] values;

    public StreamState(long nextStep, float[] values) {
        this.nextStep = nextStep;
        this.values = values;
    }

    /** The step that comes next. */
    public long nextStep() {
        return nextStep;
    }

    /** Whether the module failed or diverged at the next step, so that the stream does not go on. */
    public boolean isQuarantined() {
        return quarantined;
    }

    /** The values themselves, not a copy. */
    public float[] values() {
        return values;
    }
}
