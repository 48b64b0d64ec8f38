package io.riffle.sim.nir;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** Writes NIR graphs as {@link NirFile} reads them. */
final class NirWriter {
    /** Of the reference library whose layout is written. */
    private static final String VERSION = "1.0";

    /** What the reference library wants as whole numbers. */
    private static final Set<String> WHOLE = Set.of(
            "shape",
            "stride",
            "padding",
            "dilation",
            "groups",
            "kernel_size",
            "input_shape",
            "start_dim",
            "end_dim",
            "input_type");

    private NirWriter() {}

    /** Writes a graph, contiguous and uncompressed. */
    static void write(NirGraph graph, Path path) {
        try (WritableHdfFile file = HdfFile.write(path)) {
            file.putDataset("version", VERSION);
            writeGraph(file.putGroup("node"), graph);
        } catch (RuntimeException failed) {
            throw new RiffleException("%s cannot be written: %s".formatted(path, NirFile.words(failed)), failed);
        }
    }

    private static void writeGraph(WritableGroup group, NirGraph graph) {
        group.putDataset("type", "NIRGraph");
        group.putDataset(
                "edges",
                graph.edges().stream()
                        .map(edge -> new String[] {edge.from(), edge.to()})
                        .toArray(String[][]::new));
        WritableGroup nodes = group.putGroup("nodes");
        graph.nodes().forEach((name, node) -> {
            WritableGroup written = nodes.putGroup(name);
            if (node.inner().isPresent()) {
                writeGraph(written, node.inner().get());
            } else {
                written.putDataset("type", node.type());
                node.values().forEach((member, value) -> written.putDataset(member, plain(node, member, value)));
            }
        });
        if (!graph.metadata().isEmpty()) {
            WritableGroup metadata = group.putGroup("metadata");
            graph.metadata()
                    .forEach((name, value) ->
                            metadata.putDataset(name, value instanceof Tensor tensor ? nested(tensor) : value));
        }
    }

    private static Object plain(NirNode node, String member, Object value) {
        boolean whole = WHOLE.contains(member);
        if (!(value instanceof Tensor tensor)) {
            return value;
        }
        if (!whole) {
            return nested(tensor);
        }
        int[] numbers = node.whole(member);
        return tensor.shape().rank() == 0
                ? (Object) (long) numbers[0]
                : Arrays.stream(numbers).asLongStream().toArray();
    }

    /** As nested Java arrays, of which the library tells the shape. */
    private static Object nested(Tensor tensor) {
        int[] shape = tensor.shape().toArray();
        if (shape.length == 0) {
            return tensor.get();
        }
        Object array = Array.newInstance(float.class, shape);
        fill(array, shape, 0, tensor.arrayWithoutCopy(), 0);
        return array;
    }

    private static int fill(Object array, int[] shape, int dimension, float[] values, int at) {
        if (dimension == shape.length - 1) {
            System.arraycopy(values, at, array, 0, shape[dimension]);
            return at + shape[dimension];
        }
        int next = at;
        for (int i = 0; i < shape[dimension]; i++) {
            next = fill(Array.get(array, i), shape, dimension + 1, values, next);
        }
        return next;
    }
}
