package io.riffle.operators.raster;

import java.util.Arrays;

/**
 * Applies the rule to samples whose steps are final, in the order of their times.
 *
 * <p>Step k is the time from k dt until (k + 1) dt since 1970. The first step that is made is the first one that begins at
 * or after the stream's first sample, as all of it was seen.
 */
final class StepMaker {
    private final RasterRule rule;
    private final long dt;
    private final long maxGap;

    /** @param dt in ns */
    StepMaker(RasterRule rule, long dt, long maxGap) {
        this.rule = rule;
        this.dt = dt;
        this.maxGap = maxGap;
    }

    /** Makes all steps before one. */
    void advance(RasterState state, long end, Steps out) {
        WaitingSamples samples = state.waiting;
        int last = samples.firstFrom(end * dt);
        int from = 0;
        while (from < last) {
            long step = samples.time(from) / dt;
            int until = samples.firstFrom((step + 1) * dt);
            take(state, step, from, until, out);
            from = until;
        }
        samples.removeFirst(last);
        fill(state, end, out);
    }

    /** The stream lived, without samples, until the end of the step before one. */
    void live(RasterState state, long end) {
        boolean isGap = end - 1 - state.alive > maxGap;
        if (rule != RasterRule.INTERPOLATE && state.nextStep != RasterState.NOTHING && !isGap) {
            state.alive = Math.max(state.alive, end - 1);
        }
    }

    private void take(RasterState state, long step, int from, int until, Steps out) {
        if (state.nextStep == RasterState.NOTHING) {
            state.nextStep = firstStepFrom(state.waiting.time(from));
        }
        if (rule == RasterRule.INTERPOLATE) {
            for (int row = from; row < until; row++) {
                interpolate(state, step, row, out);
            }
        } else {
            fill(state, step, out);
            if (isGapBefore(state, step)) {
                state.nextStep = step;
            }
            combine(state, from, until);
            if (state.nextStep == step) {
                out.add(step, state.held);
                state.nextStep = step + 1;
            }
            if (rule == RasterRule.COUNTS) {
                Arrays.fill(state.held, 0);
            }
        }
        state.alive = step;
        state.heldTime = state.waiting.time(until - 1);
    }

    private boolean isGapBefore(RasterState state, long step) {
        return state.alive != RasterState.NOTHING && step - state.alive - 1 > maxGap;
    }

    private long firstStepFrom(long time) {
        return (time + dt - 1) / dt;
    }

    /** Silent steps before one, as many as may be filled. */
    private void fill(RasterState state, long end, Steps out) {
        if (state.nextStep == RasterState.NOTHING) {
            return;
        }
        if (rule == RasterRule.INTERPOLATE) {
            if (state.nextStep < end && state.nextStep * dt == state.heldTime) {
                out.add(state.nextStep++, state.held);
            }
            return;
        }
        long most = Math.min(end, state.alive + maxGap + 1);
        while (state.nextStep < most) {
            out.add(state.nextStep++, state.held);
        }
    }

    /** What the samples of one step make. */
    private void combine(RasterState state, int from, int until) {
        WaitingSamples samples = state.waiting;
        if (rule == RasterRule.LAST) {
            samples.copyTo(state.held, until - 1);
            return;
        }
        for (int channel = 0; channel < state.channels; channel++) {
            double sum = 0;
            for (int row = from; row < until; row++) {
                sum += samples.value(row, channel);
            }
            state.held[channel] = rule == RasterRule.MEAN ? (float) (sum / (until - from)) : finite(sum);
        }
    }

    /** Counts may add up to more than a float32 holds. */
    private static float finite(double sum) {
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, sum));
    }

    /** The steps that begin before a sample, which is the one after the last. */
    private void interpolate(RasterState state, long step, int row, Steps out) {
        WaitingSamples samples = state.waiting;
        long time = samples.time(row);
        boolean isGap = isGapBefore(state, step);
        long end = isGap ? state.alive + maxGap + 1 : Long.MAX_VALUE;
        float[] values = new float[state.channels];
        while (state.nextStep < end && state.nextStep * dt < time) {
            long start = state.nextStep * dt;
            for (int channel = 0; channel < values.length; channel++) {
                values[channel] = start == state.heldTime
                        ? state.held[channel]
                        : between(state.heldTime, state.held[channel], start, time, samples.value(row, channel));
            }
            out.add(state.nextStep++, values);
        }
        if (isGap) {
            state.nextStep = firstStepFrom(time);
        }
        samples.copyTo(state.held, row);
        state.alive = step;
        state.heldTime = time;
    }

    /** The value at a time on the line between two others. */
    private static float between(long before, float valueBefore, long time, long after, float valueAfter) {
        double sum = valueBefore * (double) (after - time) + valueAfter * (double) (time - before);
        return (float) (sum / (after - before));
    }
}
