package io.riffle.sim.nir;

import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dimensions of what goes into the nodes of a graph and comes out of them, from what the file says here and there. */
final class Dimensions {
    private final NirGraph graph;
    private final Map<String, int[]> in = new HashMap<>();
    private final Map<String, int[]> out = new HashMap<>();
    private final Report report;

    private Dimensions(NirGraph graph, Report report) {
        this.graph = graph;
        this.report = report;
    }

    static Dimensions of(NirGraph graph, Report report) {
        Dimensions dimensions = new Dimensions(graph, report);
        dimensions.find();
        dimensions.check();
        return dimensions;
    }

    int[] in(String node) {
        return in.get(node);
    }

    int[] out(String node) {
        return out.get(node);
    }

    int sizeIn(String node) {
        return count(in(node));
    }

    static int count(int[] shape) {
        long count = 1;
        for (int size : shape) {
            count *= size;
            if (size < 1 || count > Integer.MAX_VALUE) {
                throw new RiffleException("the shape %s, expected sizes of at least 1 and not too many values"
                        .formatted(NirNode.text(shape)));
            }
        }
        return (int) count;
    }

    private void find() {
        boolean found = true;
        while (found) {
            found = false;
            for (Map.Entry<String, NirNode> entry : graph.nodes().entrySet()) {
                if (!out.containsKey(entry.getKey())) {
                    found |= find(entry.getKey(), entry.getValue());
                }
            }
        }
        graph.nodes().forEach((name, node) -> {
            if (!out.containsKey(name)) {
                throw node.wrong("its size is nowhere said: neither its values nor what comes before it have one");
            }
        });
    }

    private boolean find(String name, NirNode node) {
        int[] taken = own(node).orElseGet(() -> before(name).orElse(null));
        if (node.is("Input")) {
            taken = input(name, node, taken);
        }
        if (taken == null) {
            return false;
        }
        try {
            count(taken);
            in.put(name, taken);
            out.put(name, given(node, taken));
            count(out.get(name));
            return true;
        } catch (NodeException named) {
            throw named;
        } catch (RiffleException wrong) {
            throw node.wrong(wrong.getMessage());
        }
    }

    /** What an input declares, unless the values behind it need another size. */
    private int[] input(String name, NirNode node, int[] declared) {
        for (NirGraph.Edge edge : graph.edges()) {
            NirNode to = graph.nodes().get(edge.to());
            Optional<int[]> needed = edge.from().equals(name) ? own(to) : Optional.empty();
            if (needed.isPresent() && !to.is("Output") && count(needed.get()) != count(declared)) {
                report.warn("%s declares the shape %s, but '%s' takes %s: taken is what its values say"
                        .formatted(what(node), NirNode.text(declared), to.path(), NirNode.text(needed.get())));
                return needed.get();
            }
        }
        return declared;
    }

    private static String what(NirNode node) {
        return "node '%s' (%s)".formatted(node.path(), node.type());
    }

    private Optional<int[]> before(String name) {
        return graph.edges().stream()
                .filter(edge -> edge.to().equals(name) && out.containsKey(edge.from()))
                .map(edge -> out.get(edge.from()))
                .findFirst();
    }

    /** What a node takes by its own values. */
    private static Optional<int[]> own(NirNode node) {
        return switch (node.type()) {
            case "Input" -> Optional.of(node.whole("shape"));
            case "Output" -> Optional.empty(); // what comes says more than what is declared
            case "Linear", "Affine" -> Optional.of(new int[] {matrix(node).size(1)});
            case "Conv1d", "Conv2d" -> convInput(node);
            case "Flatten" -> node.has("input_type") ? Optional.of(node.whole("input_type")) : Optional.empty();
            case "NIRGraph" -> Optional.of(inner(node, "Input").whole("shape"));
            default -> ofValues(node);
        };
    }

    private static Shape matrix(NirNode node) {
        Shape shape = node.tensor("weight").shape();
        if (shape.rank() != 2) {
            throw node.wrong("weight has the shape %s, expected (out, in)".formatted(shape));
        }
        return shape;
    }

    static NirNode inner(NirNode node, String type) {
        List<NirNode> found = node.inner().orElseThrow().nodes().values().stream()
                .filter(inner -> inner.is(type))
                .toList();
        if (found.size() != 1) {
            throw node.wrong("it has %d nodes of type %s, expected one".formatted(found.size(), type));
        }
        return found.get(0);
    }

    private static Optional<int[]> convInput(NirNode node) {
        if (!node.has("input_shape") || !(node.values().get("input_shape") instanceof Tensor)) {
            return Optional.empty();
        }
        int[] space = node.whole("input_shape");
        int[] all = new int[space.length + 1];
        all[0] = node.tensor("weight").shape().size(1) * node.whole("groups", 1);
        System.arraycopy(space, 0, all, 1, space.length);
        return Optional.of(all);
    }

    /** Of nodes that give what they take, the largest of their values' shapes; nothing if all stand for any number. */
    private static Optional<int[]> ofValues(NirNode node) {
        int[] widest = null;
        if (node.is("SumPool2d", "AvgPool2d")) {
            return Optional.empty();
        }
        for (String name : Members.of(node.type())) {
            if (node.values().get(name) instanceof Tensor tensor
                    && tensor.shape().count() > 1) {
                int[] shape = tensor.shape().toArray();
                if (widest == null || count(shape) > count(widest)) {
                    widest = shape;
                }
            }
        }
        return Optional.ofNullable(widest);
    }

    private static int[] given(NirNode node, int[] taken) {
        return switch (node.type()) {
            case "Linear", "Affine" -> new int[] {matrix(node).size(0)};
            case "Conv1d", "Conv2d", "SumPool2d", "AvgPool2d" -> Primitives.spatialOutput(node, taken);
            case "Flatten" -> flattened(node, taken);
            case "NIRGraph" ->
                Dimensions.of(node.inner().orElseThrow(), new Report()).out(outputName(node));
            default -> taken;
        };
    }

    private static String outputName(NirNode node) {
        NirNode output = inner(node, "Output");
        return node.inner().orElseThrow().nodes().entrySet().stream()
                .filter(entry -> entry.getValue() == output)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static int[] flattened(NirNode node, int[] taken) {
        int first = place(node.whole("start_dim", 0), taken.length);
        int last = place(node.whole("end_dim", -1), taken.length);
        if (first < 0 || last >= taken.length || first > last) {
            throw node.wrong("it flattens dimensions %d to %d of %s"
                    .formatted(node.whole("start_dim", 0), node.whole("end_dim", -1), NirNode.text(taken)));
        }
        int[] flat = new int[taken.length - (last - first)];
        System.arraycopy(taken, 0, flat, 0, first);
        flat[first] = count(Arrays.copyOfRange(taken, first, last + 1));
        System.arraycopy(taken, last + 1, flat, first + 1, taken.length - last - 1);
        return flat;
    }

    private static int place(int dimension, int rank) {
        return dimension < 0 ? dimension + rank : dimension;
    }

    /** Whether both have dimensions, and others; those of size 1 make no difference. */
    private static boolean differ(int[] one, int[] other) {
        int[] large = Arrays.stream(one).filter(size -> size > 1).toArray();
        int[] otherLarge = Arrays.stream(other).filter(size -> size > 1).toArray();
        return large.length > 1 && otherLarge.length > 1 && !Arrays.equals(large, otherLarge);
    }

    private void checkDeclared(NirNode node, String type, int[] found) {
        String name = node.has(type) ? type : type + (type.startsWith("input") ? ".input" : ".output");
        if (node.values().get(name) instanceof Tensor declared
                && declared.shape().rank() == 1
                && !Arrays.equals(node.whole(name), found)) {
            report.warn("%s declares the %s %s, but it is %s: taken is what its values and the nodes before it say"
                    .formatted(what(node), type, NirNode.text(node.whole(name)), NirNode.text(found)));
        }
    }

    private void check() {
        for (NirGraph.Edge edge : graph.edges()) {
            NirNode from = graph.nodes().get(edge.from());
            NirNode to = graph.nodes().get(edge.to());
            if (count(out(edge.from())) != count(in(edge.to()))) {
                throw to.wrong("it takes %s, but '%s' gives %s"
                        .formatted(NirNode.text(in(edge.to())), from.path(), NirNode.text(out(edge.from()))));
            }
            if (differ(in(edge.to()), out(edge.from()))) {
                report.warn("%s takes %s, but '%s' gives %s: taken are the values as they lie, row-major"
                        .formatted(what(to), NirNode.text(in(edge.to())), from.path(), NirNode.text(out(edge.from()))));
            }
        }
        graph.nodes().forEach((name, node) -> {
            checkDeclared(node, "input_type", in(name));
            checkDeclared(node, "output_type", out(name));
        });
        graph.nodes().forEach((name, node) -> {
            if (node.is("Output") && node.has("shape") && !Arrays.equals(node.whole("shape"), in(name))) {
                report.warn("%s declares the shape %s, but gets %s: taken is what it gets"
                        .formatted(what(node), NirNode.text(node.whole("shape")), NirNode.text(in(name))));
            }
        });
    }
}
