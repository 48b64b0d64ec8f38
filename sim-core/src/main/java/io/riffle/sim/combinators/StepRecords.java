package io.riffle.sim.combinators;

import io.riffle.sim.Recorder;
import io.riffle.sim.Tensor;
import io.riffle.sim.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts together what was recorded step by step. */
final class StepRecords {
    private final Map<String, List<Tensor>> steps = new LinkedHashMap<>();

    void add(Tree recorded) {
        recorded.forEachLeaf((path, value) ->
                steps.computeIfAbsent(path, first -> new ArrayList<>()).add((Tensor) value));
    }

    /** Records all, each (B, T, ..), where it was asked for. */
    void into(Recorder recorder) {
        steps.forEach((path, values) -> {
            String[] names = path.split("\\.");
            Recorder inner = recorder;
            for (int i = 0; i + 1 < names.length; i++) {
                inner = inner.of(names[i]);
            }
            inner.record(names[names.length - 1], joined(values));
        });
    }

    /** Steps (B, 1, ..) as (B, T, ..). */
    static Tensor joined(List<Tensor> steps) {
        int[] shape = steps.get(0).shape().toArray();
        int batches = shape[0];
        shape[1] = steps.size();
        int row = batches == 0 ? 0 : steps.get(0).shape().count() / batches;
        float[] values = new float[batches * shape[1] * row];
        for (int t = 0; t < shape[1]; t++) {
            float[] step = steps.get(t).arrayWithoutCopy();
            for (int b = 0; b < batches; b++) {
                System.arraycopy(step, b * row, values, (b * shape[1] + t) * row, row);
            }
        }
        return Tensor.wrap(values, shape);
    }
}
