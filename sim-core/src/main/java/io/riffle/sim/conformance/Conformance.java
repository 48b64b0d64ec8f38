package io.riffle.sim.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.riffle.sim.Attribute;
import io.riffle.sim.Family;
import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.Tree;
import io.riffle.sim.modules.LIF;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * Replays a recorded case and compares all that was recorded: output, state, records, parameters, simulation
 * parameters, families, printed form, shape. What may differ on purpose stands in {@link Deviation}.
 */
public final class Conformance {
    /** Where spikes feed back, float32 and float64 drift apart: measured over all recordings, the worst is 1.7e-4. */
    private static final double TOLERANCE_OF_SPIKING = 5e-4;

    private static final double TOLERANCE = 1e-5;

    private final CaseFile recorded;
    private final Set<Deviation> deviations;
    private final Module network;
    private final Comparison comparison;

    private Conformance(CaseFile recorded, Set<Deviation> deviations) {
        this.recorded = recorded;
        this.deviations = deviations;
        this.network = recorded.network();
        double usual = spikes(network) ? TOLERANCE_OF_SPIKING : TOLERANCE;
        this.comparison = new Comparison(deviations.stream()
                .mapToDouble(deviation -> deviation.tolerance(usual))
                .max()
                .orElse(usual));
    }

    /** Replays the case in this file. A file that is no case, or a network that cannot be built, is a failed case. */
    public static CaseResult replay(Path file) {
        try {
            CaseFile recorded = CaseFile.read(file);
            return replay(recorded, recorded.deviations());
        } catch (RiffleException wrong) {
            return failed(file.getFileName().toString().replaceFirst("\\.json$", ""), "", Set.of(), wrong);
        }
    }

    static CaseResult replay(CaseFile recorded, Set<Deviation> deviations) {
        String name = recorded.name();
        String backend = recorded.backend();
        try {
            Comparison compared = new Conformance(recorded, deviations).compared();
            return new CaseResult(
                    name, backend, compared.largestDifference(), compared.spikes(), compared.failure(), deviations);
        } catch (RiffleException wrong) {
            return failed(name, backend, deviations, wrong);
        }
    }

    private static CaseResult failed(String name, String backend, Set<Deviation> deviations, RiffleException wrong) {
        Optional<String> reason = Optional.of(wrong.getMessage());
        return new CaseResult(name, backend, Double.NaN, CaseResult.Spikes.NONE, reason, deviations);
    }

    private static boolean spikes(Module module) {
        return module.spikingOutput() || module.modules().values().stream().anyMatch(Conformance::spikes);
    }

    private Comparison compared() {
        compareShape();
        Map<String, JsonNode> records = recorded.leaves("record");
        Replay replay = new Replay(network, input(), records.keySet());
        replay.run(recorded);

        Comparison.Where where = (element, step) ->
                deviations.stream().allMatch(deviation -> deviation.holds(element, step, replay.firstCall()));
        Values output = signal(Values.of(recorded.at("output")));
        comparison.signal("output", output, replay.output(), network.spikingOutput() && output.areWhole(), 1, where);
        records.forEach((path, leaf) -> {
            if (!deviations.stream().allMatch(deviation -> deviation.recordHolds(path))) {
                return;
            }
            if (replay.recorded(path)) {
                Values values = signal(Values.of(leaf));
                boolean spikes = areSpikes(path) && values.areWhole();
                comparison.signal(path, values, replay.record(path), spikes, scale(path), where);
            } else {
                comparison.fail("%s is not recorded".formatted(path));
            }
        });
        compareState();
        compareParameters();
        new SimulationParameters(recorded, network, unitsInTheLastPlace()).compare(comparison);
        compareFamilies();
        return comparison;
    }

    private Tensor input() {
        Tensor input = Values.of(recorded.at("input")).toTensor();
        if (deviations.contains(Deviation.TIME_AFTER_BATCH)) {
            return input.reshape(batchFirst(input.shape()).toArray());
        }
        return deviations.contains(Deviation.ONE_DIMENSION_IS_TIME)
                ? input.reshape(input.shape().count(), 1, 1)
                : input;
    }

    /** (T, 1, N) as (1, T, N): with a batch of one the values stand in the same order. */
    private static Shape batchFirst(Shape shape) {
        return Shape.of(shape.size(1), shape.size(0), shape.size(2));
    }

    private Values signal(Values recordedValues) {
        if (deviations.contains(Deviation.TIME_AFTER_BATCH)) {
            return new Values(batchFirst(recordedValues.shape()), recordedValues.data());
        }
        boolean without = deviations.contains(Deviation.BATCH_AXIS_ALWAYS)
                && recordedValues.shape().rank() == 2;
        return without ? new Values(recordedValues.shape().within(1), recordedValues.data()) : recordedValues;
    }

    /**
     * How large values are when they are rounded, at least: 1; but a membrane is rounded before its spikes are taken from
     * it, which leaves what is below one threshold of what may have been many.
     */
    private double scale(String path) {
        if (!path.matches("(.*[.])?vmem")) {
            return 1;
        }
        String neurons = path.substring(0, path.length() - "vmem".length());
        return 1
                + largest(neurons + "spikes", "record")
                        * largest(neurons + "threshold", "parameters", "simulation_parameters");
    }

    /** The largest value recorded under this path, 0 if there is none. */
    private double largest(String path, String... keys) {
        return Arrays.stream(keys)
                .map(key -> recorded.leaves(key).get(path))
                .filter(Objects::nonNull)
                .flatMapToDouble(leaf -> Arrays.stream(Values.of(leaf).data()))
                .max()
                .orElse(0);
    }

    /** By its name: a record "spikes", or the output of a child that gives spikes. */
    private boolean areSpikes(String path) {
        Module at = network;
        String[] names = path.split("\\.");
        for (int i = 0; i + 1 < names.length && at != null; i++) {
            at = at.modules().get(names[i]);
        }
        String last = names[names.length - 1];
        Module child = at == null ? null : at.modules().get(last.replaceFirst("_output$", ""));
        return last.equals("spikes") || (child != null && child.spikingOutput());
    }

    private void compareShape() {
        if (!deviations.stream().allMatch(Deviation::shapeHolds)) {
            return;
        }
        comparison.equal("shape", Values.shapeOf(recorded.at("shape")), network.shape());
        comparison.equal("size_in", recorded.at("size_in").intValue(), network.sizeIn());
        comparison.equal("size_out", recorded.at("size_out").intValue(), network.sizeOut());
        comparison.equal("repr", ReferenceNames.ours(recorded.at("repr").asText()), network.toString());
        comparison.equal("spiking_output", recorded.at("spiking_output").booleanValue(), network.spikingOutput());
        // Whether a LIF takes spikes is said differently by each back end; Riffle says what numpy says.
        if (!(recorded.backend().equals("torch") && first(network) instanceof LIF)) {
            comparison.equal("spiking_input", recorded.at("spiking_input").booleanValue(), network.spikingInput());
        }
    }

    private static Module first(Module module) {
        return module.modules().isEmpty()
                ? module
                : first(module.modules().values().iterator().next());
    }

    private void compareState() {
        Tree state = network.state();
        Map<String, JsonNode> states = recorded.leaves("state");
        if (deviations.stream().noneMatch(Deviation::moreStates)) {
            comparison.equal("the set of states", states.keySet(), state.paths());
        }
        boolean holds = deviations.stream().allMatch(Deviation::stateHolds);
        states.forEach((path, leaf) -> {
            if (holds && state.has(path)) {
                Values values = Values.of(leaf);
                Tensor first = firstElement(state.tensor(path), values.shape());
                comparison.values("state " + path, values, first, path.endsWith("spikes"), scale(path));
            }
        });
    }

    /** The reference keeps the state of a batch's first element only. */
    private static Tensor firstElement(Tensor state, Shape one) {
        boolean batched = state.shape().rank() == one.rank() + 1;
        return batched ? Tensor.wrap(Arrays.copyOf(state.toArray(), one.count()), one) : state;
    }

    private void compareParameters() {
        Tree parameters = network.parameters();
        Map<String, JsonNode> leaves = recorded.leaves("parameters");
        comparison.equal("the set of parameters", leaves.keySet(), parameters.paths());
        leaves.forEach((path, leaf) -> {
            boolean holds = deviations.stream().allMatch(deviation -> deviation.parameterHolds(path));
            if (holds && parameters.has(path)) {
                comparison.equal(
                        "parameter " + path,
                        Values.of(leaf).toTensor(),
                        parameters.tensor(path),
                        unitsInTheLastPlace());
            }
        });
    }

    private int unitsInTheLastPlace() {
        return deviations.stream()
                .mapToInt(Deviation::unitsInTheLastPlace)
                .max()
                .orElse(0);
    }

    /** The singular and the plural are one family for us, so what is recorded under either belongs to both. */
    private void compareFamilies() {
        if (!deviations.stream().allMatch(Deviation::familiesHold)) {
            return;
        }
        Map<Family, Set<String>> families = new LinkedHashMap<>();
        familiesOf(network).forEach(family -> families.put(family, new TreeSet<>()));
        recorded.at("families").properties().forEach(family -> {
            Set<String> paths = families.computeIfAbsent(Family.of(family.getKey()), added -> new TreeSet<>());
            family.getValue().forEach(path -> {
                StringJoiner joined = new StringJoiner(".");
                path.forEach(name -> joined.add(ReferenceNames.ours(name.asText())));
                paths.add(joined.toString());
            });
        });
        families.forEach((family, paths) -> comparison.equal(
                "family " + family,
                paths,
                new TreeSet<>(network.parameters(family).paths())));
    }

    private static Set<Family> familiesOf(Module module) {
        Set<Family> families = new LinkedHashSet<>();
        for (Attribute attribute : module.attributes().values()) {
            if (attribute.kind() == Attribute.Kind.PARAMETER) {
                attribute.family().ifPresent(families::add);
            }
        }
        module.modules().values().forEach(child -> families.addAll(familiesOf(child)));
        return families;
    }
}
