package io.riffle.sim.combinators;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Names;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.State;
import io.riffle.sim.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Modules as the nodes of a graph. What goes into a node is the sum of all edges into it; on a cycle, one edge carries the
 * value of the step before ({@link EvaluationOrder} says which), zeros at the beginning.
 *
 * <p>Input (B, T, Nin), output (B, T, Nout). Arguments: {@code shape} (Nin, Nout); {@code modules}, a list; {@code names}, one
 * for each; {@code edges}, a list of pairs of names, among them {@code input} and {@code output}. The state
 * {@code {name}_late} (N,) is what a node gave in the step before, where an edge of a cycle needs it. Records what its
 * modules record, and {@code {name}_output} of each.
 */
public final class Graph extends Module {
    /** The name by which edges begin at the input. */
    public static final String INPUT = "input";
    /** The name by which edges end at the output. */
    public static final String OUTPUT = "output";

    private final Map<String, List<String>> sources;
    private final EvaluationOrder order;
    private final Map<String, State> late = new LinkedHashMap<>();

    public Graph(Arguments given) {
        this(given.expect("Graph", "modules", "names", "edges"), modules(given.of("Graph")));
    }

    private Graph(Arguments arguments, Map<String, Module> modules) {
        super(
                shape(arguments),
                modules.values().stream().anyMatch(Module::spikingInput),
                isSpiking(arguments, modules));
        sources = sources(modules, arguments);
        Map<String, List<String>> ofNodes = new LinkedHashMap<>(sources);
        ofNodes.remove(OUTPUT);
        order = new EvaluationOrder(ofNodes, name -> hasState(modules.get(name)));
        checkSizes(modules);
        modules.forEach(this::module);
        modules.forEach((name, module) -> {
            if (sources.keySet().stream().anyMatch(to -> order.isLate(name, to))) {
                late.put(name, state(name + "_late", State.withShape(Shape.of(module.sizeOut()))));
            }
        });
    }

    private static Shape shape(Arguments arguments) {
        if (arguments.shape().rank() != 2) {
            throw new RiffleException("Graph: the shape is %s, expected (Nin, Nout)".formatted(arguments.shape()));
        }
        return arguments.shape();
    }

    private static Map<String, Module> modules(Arguments arguments) {
        Arguments named = arguments.without("shape").without("edges");
        if (!named.has("names")) {
            throw new RiffleException("Graph: argument 'names' is missing, expected one for each module");
        }
        Map<String, Module> modules = Children.of("Graph", named).modules();
        for (String taken : List.of(INPUT, OUTPUT)) {
            if (modules.containsKey(taken)) {
                throw new RiffleException("Graph: a module is named '%s', which is the graph's own".formatted(taken));
            }
        }
        return modules;
    }

    private static List<List<String>> edges(Arguments arguments) {
        List<List<String>> edges = new ArrayList<>();
        for (List<?> edge : arguments.list("edges", List.class)) {
            if (edge.size() != 2 || !edge.stream().allMatch(String.class::isInstance)) {
                throw new RiffleException("Graph: an edge is %s, expected two names".formatted(edge));
            }
            edges.add(edge.stream().map(String.class::cast).toList());
        }
        return edges;
    }

    /** The sources of each node and of the output, in the order of the edges. */
    private static Map<String, List<String>> sources(Map<String, Module> modules, Arguments arguments) {
        Map<String, List<String>> sources = new LinkedHashMap<>();
        modules.keySet().forEach(name -> sources.put(name, new ArrayList<>()));
        sources.put(OUTPUT, new ArrayList<>());
        for (List<String> edge : edges(arguments)) {
            String from = edge.get(0);
            String to = edge.get(1);
            boolean begins = from.equals(INPUT) || modules.containsKey(from);
            if (!begins || !sources.containsKey(to)) {
                String wrong = begins ? to : from;
                throw new RiffleException("Graph: the edge from '%s' to '%s': there is no node '%s'%s"
                        .formatted(from, to, wrong, Names.hint(wrong, sources.keySet())));
            }
            sources.get(to).add(from);
        }
        sources.forEach((name, its) -> {
            if (its.isEmpty()) {
                throw new RiffleException("Graph: no edge goes to '%s', expected at least one".formatted(name));
            }
        });
        return sources;
    }

    private static boolean isSpiking(Arguments arguments, Map<String, Module> modules) {
        return edges(arguments).stream()
                .filter(edge -> edge.get(1).equals(OUTPUT))
                .map(edge -> modules.get(edge.get(0)))
                .allMatch(module -> module != null && module.spikingOutput());
    }

    private static boolean hasState(Module module) {
        return module.stateLayout("").count() > 0 || !module.modules().isEmpty();
    }

    private void checkSizes(Map<String, Module> modules) {
        sources.forEach((to, its) -> {
            int takes = to.equals(OUTPUT) ? sizeOut() : modules.get(to).sizeIn();
            for (String from : its) {
                int gives = from.equals(INPUT) ? sizeIn() : modules.get(from).sizeOut();
                if (gives != takes) {
                    throw new RiffleException("Graph: '%s' gives %s, but '%s' takes %d"
                            .formatted(from, Names.count(gives, "channel"), to, takes));
                }
            }
        });
    }

    /** The edges of cycles that carry the value of the step before, as pairs of names. */
    public List<List<String>> lateEdges() {
        return order.late();
    }

    /** Pairs of names, in the order in which a node's inputs are added up. */
    public List<List<String>> edges() {
        List<List<String>> edges = new ArrayList<>();
        sources.forEach((to, its) -> its.forEach(from -> edges.add(List.of(from, to))));
        return edges;
    }

    @Override
    public Arguments toArguments() {
        return Arguments.shape(shape())
                .with("modules", List.copyOf(modules().values()))
                .with("names", List.copyOf(modules().keySet()))
                .with("edges", edges());
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Map<String, Tensor> signals = new LinkedHashMap<>();
        signals.put(INPUT, accept(given));
        for (List<String> part : order.parts()) {
            if (order.isCycle(part) && given.steps() > 0) {
                evolveCycle(part, signals, state, recorder);
            } else {
                for (String name : part) { // of no steps, it does not matter what else has been
                    Tensor input = order.isCycle(part) ? noSteps(name, given) : sum(name, signals);
                    signals.put(name, modules().get(name).evolve(input, state.of(name), recorder.of(name)));
                }
            }
            part.forEach(name -> recorder.recordOutput(name, signals.get(name)));
        }
        return sum(OUTPUT, signals);
    }

    private Tensor noSteps(String name, Tensor given) {
        return Tensor.zeros(Shape.of(given.batches(), 0, modules().get(name).sizeIn()));
    }

    private Tensor sum(String name, Map<String, Tensor> signals) {
        return sources.get(name).stream().map(signals::get).reduce(Tensor::plus).orElseThrow();
    }

    private void evolveCycle(List<String> part, Map<String, Tensor> signals, ModuleState state, Recorder recorder) {
        int steps = signals.get(INPUT).steps();
        StepRecords records = new StepRecords();
        Map<String, List<Tensor>> outputs = new LinkedHashMap<>();
        part.forEach(name -> outputs.put(name, new ArrayList<>()));
        for (int t = 0; t < steps; t++) {
            Recorder ofStep = recorder.again();
            ModuleState now = state.later(t);
            for (String name : part) {
                Tensor input = null;
                for (String from : sources.get(name)) {
                    Tensor value = order.isLate(from, name)
                            ? stepBefore(from, state)
                            : outputs.containsKey(from)
                                    ? outputs.get(from).get(t)
                                    : signals.get(from).steps(t, t + 1);
                    input = input == null ? value : input.plus(value);
                }
                outputs.get(name).add(modules().get(name).evolve(input, now.of(name), ofStep.of(name)));
            }
            for (String name : part) {
                keep(name, outputs.get(name).get(t), state);
            }
            records.add(ofStep.tree());
        }
        records.into(recorder);
        outputs.forEach((name, values) -> signals.put(name, StepRecords.joined(values)));
    }

    private Tensor stepBefore(String name, ModuleState state) {
        State before = late.get(name);
        int size = before.shape().count();
        float[] values = new float[state.batch() * size];
        for (int b = 0; b < state.batch(); b++) {
            System.arraycopy(state.valuesWithoutCopy(), state.offset(before, b), values, b * size, size);
        }
        return Tensor.wrap(values, state.batch(), 1, size);
    }

    private void keep(String name, Tensor value, ModuleState state) {
        State before = late.get(name);
        if (before != null) {
            int size = before.shape().count();
            for (int b = 0; b < state.batch(); b++) {
                System.arraycopy(
                        value.arrayWithoutCopy(), b * size, state.valuesWithoutCopy(), state.offset(before, b), size);
            }
        }
    }
}
