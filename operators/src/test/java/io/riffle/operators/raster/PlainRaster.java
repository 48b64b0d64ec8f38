package io.riffle.operators.raster;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What a rule says, worked out from all samples at once: nothing is kept, nothing waits. */
final class PlainRaster {
    record Sample(long time, float value) {}

    private PlainRaster() {}

    /** @param samples by time */
    static TreeMap<Long, Float> steps(RasterRule rule, List<Sample> samples, long dt, long maxGap, long end) {
        TreeMap<Long, Float> steps = new TreeMap<>();
        long first = ceil(samples.get(0).time, dt);
        for (long step = first; step < end; step++) {
            long begin = step * dt;
            List<Sample> within = new ArrayList<>();
            Sample before = null; // at or before the step's beginning
            Sample lastBefore = null; // strictly before it
            Sample after = null;
            for (Sample sample : samples) {
                if (sample.time <= begin) {
                    before = sample;
                }
                if (sample.time < begin) {
                    lastBefore = sample;
                }
                if (sample.time >= begin && sample.time < begin + dt) {
                    within.add(sample);
                }
                if (sample.time > begin && after == null) {
                    after = sample;
                }
            }
            if (rule == RasterRule.INTERPOLATE) {
                if (before.time == begin) {
                    steps.put(step, before.value);
                } else if (after != null && after.time / dt < end) {
                    long silent = after.time / dt - before.time / dt - 1;
                    if (silent <= maxGap || step - before.time / dt <= maxGap) {
                        double left = before.value * (double) (after.time - begin);
                        double right = after.value * (double) (begin - before.time);
                        steps.put(step, (float) ((left + right) / (after.time - before.time)));
                    }
                }
            } else if (!within.isEmpty()) {
                steps.put(step, value(rule, within));
            } else if (step - lastBefore.time / dt <= maxGap) {
                steps.put(step, rule == RasterRule.COUNTS ? 0f : held(rule, samples, lastBefore, dt));
            }
        }
        return steps;
    }

    private static float held(RasterRule rule, List<Sample> samples, Sample last, long dt) {
        List<Sample> step = new ArrayList<>();
        for (Sample sample : samples) {
            if (sample.time / dt == last.time / dt) {
                step.add(sample);
            }
        }
        return value(rule, step);
    }

    private static float value(RasterRule rule, List<Sample> step) {
        if (rule == RasterRule.LAST) {
            return step.get(step.size() - 1).value;
        }
        double sum = 0;
        for (Sample sample : step) {
            sum += sample.value;
        }
        return (float) (rule == RasterRule.MEAN ? sum / step.size() : sum);
    }

    private static long ceil(long time, long dt) {
        return (time + dt - 1) / dt;
    }
}
