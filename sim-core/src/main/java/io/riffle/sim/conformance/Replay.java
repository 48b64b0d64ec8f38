package io.riffle.sim.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.sim.Evolution;
import io.riffle.sim.Module;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Does to a network what was done when the case was recorded, and keeps what it gives. */
final class Replay {
    private final Module network;
    private final Tensor input;
    private final Collection<String> recordPaths;
    private final List<Tensor> outputs = new ArrayList<>();
    private final Map<String, List<Tensor>> records = new LinkedHashMap<>();

    /**
     * @param input as it was given: (T,), (T, N) or (B, T, N)
     * @param recordPaths what to record
     */
    Replay(Module network, Tensor input, Collection<String> recordPaths) {
        this.network = network;
        this.input = input;
        this.recordPaths = recordPaths;
    }

    void run(CaseFile recorded) {
        if (recorded.json().has("ops")) {
            recorded.at("ops").forEach(this::run);
        } else {
            int from = 0;
            for (int steps : calls(recorded)) {
                evolve(from, from + steps);
                from += steps;
            }
        }
    }

    /** How many steps each call took; for a case with other operations, too, the first one's are the first here. */
    private List<Integer> calls(CaseFile recorded) {
        List<Integer> calls = new ArrayList<>();
        recorded.json().path("calls").forEach(steps -> calls.add(steps.intValue()));
        return calls.isEmpty() ? List.of(steps()) : calls;
    }

    private void run(JsonNode operation) {
        switch (operation.path("op").asText()) {
            case "evolve" ->
                evolve(operation.path("t0").intValue(), operation.path("t1").intValue());
            case "set_attributes" -> network.setAttributes(tree(operation.path("values")));
            case "reset_state" -> network.resetState();
            case "reset_parameters" -> network.resetParameters();
            default -> throw new RiffleException("its operation %s is unknown".formatted(operation));
        }
    }

    private static Tree tree(JsonNode values) {
        Tree.Builder tree = Tree.builder();
        values.properties()
                .forEach(field -> tree.put(
                        ReferenceNames.ours(field.getKey()),
                        Values.areIn(field.getValue())
                                ? Values.of(field.getValue()).toTensor()
                                : tree(field.getValue())));
        return tree.build();
    }

    private void evolve(int from, int to) {
        Evolution evolution = network.evolve(cut(from, to), Recorder.only(recordPaths));
        outputs.add(evolution.output());
        evolution.record().forEachLeaf((path, value) -> records.computeIfAbsent(path, added -> new ArrayList<>())
                .add((Tensor) value));
    }

    /** In as many dimensions as the whole input, so that a case tests what a module makes of them. */
    private Tensor cut(int from, int to) {
        if (to > steps()) {
            throw new RiffleException("a call goes up to step %d, but the input has %d".formatted(to, steps()));
        }
        int[] sizes = input.shape().toArray();
        int time = sizes.length == 3 ? 1 : 0;
        int batches = sizes.length == 3 ? sizes[0] : 1;
        Tensor cut = input.reshape(batches, sizes[time], sizes.length == 1 ? 1 : sizes[sizes.length - 1])
                .steps(from, to);
        sizes[time] = to - from;
        return cut.reshape(sizes);
    }

    private int steps() {
        return input.shape().size(input.shape().rank() == 3 ? 1 : 0);
    }

    Tensor output() {
        return joined(outputs);
    }

    /** How many steps the first call took. */
    int firstCall() {
        return outputs.get(0).steps();
    }

    boolean recorded(String path) {
        return records.containsKey(path);
    }

    Tensor record(String path) {
        return joined(records.get(path));
    }

    /** One after the other in time, which is dimension 1. */
    private static Tensor joined(List<Tensor> parts) {
        int[] sizes = parts.get(0).shape().toArray();
        sizes[1] = parts.stream().mapToInt(part -> part.shape().size(1)).sum();
        Shape shape = Shape.of(sizes);
        float[] values = new float[shape.count()];
        int element = sizes[0] == 0 ? 0 : values.length / sizes[0];
        int at = 0;
        for (Tensor part : parts) {
            int length = part.shape().count() / Math.max(1, sizes[0]);
            for (int batch = 0; batch < sizes[0]; batch++) {
                System.arraycopy(part.arrayWithoutCopy(), batch * length, values, batch * element + at, length);
            }
            at += length;
        }
        return Tensor.wrap(values, shape);
    }
}
