package io.riffle.jobs.offline;

import io.riffle.sim.Attribute;
import io.riffle.sim.Family;
import io.riffle.sim.Module;
import io.riffle.sim.Parameter;
import io.riffle.sim.Shape;
import io.riffle.sim.StateLayout;
import io.riffle.sim.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to know about a network before it runs. */
record NetworkSummary(Module network, List<Values> parameters, List<Setting> settings) {

    private static final int MOST_SHOWN = 4;

    /** The values of a parameter. */
    record Values(String path, Shape shape, Optional<Family> family, float smallest, float largest) {
        static Values of(String path, Optional<Family> family, Tensor tensor) {
            float smallest = Float.POSITIVE_INFINITY;
            float largest = Float.NEGATIVE_INFINITY;
            for (float value : tensor.toArray()) {
                smallest = Math.min(smallest, value);
                largest = Math.max(largest, value);
            }
            return new Values(path, tensor.shape(), family, smallest, largest);
        }

        String range() {
            return smallest == largest ? Float.toString(smallest) : smallest + " .. " + largest;
        }
    }

    /** A simulation parameter: a number, a truth value, a text, or the values of a constant. */
    record Setting(String path, Object value) {
        String text() {
            return value instanceof Values values
                    ? "%s %s".formatted(values.range(), values.shape())
                    : value.toString();
        }
    }

    static NetworkSummary of(Module network) {
        NetworkSummary summary = new NetworkSummary(network, new ArrayList<>(), new ArrayList<>());
        summary.add(network, "");
        return summary;
    }

    private void add(Module module, String prefix) {
        module.attributes().forEach((name, attribute) -> add(prefix + name, attribute));
        module.modules().forEach((name, child) -> add(child, prefix + name + "."));
    }

    private void add(String path, Attribute attribute) {
        if (attribute instanceof Parameter parameter) {
            Values values = Values.of(path, parameter.family(), parameter.value());
            if (parameter.kind() == Attribute.Kind.PARAMETER) {
                parameters.add(values);
            } else {
                settings.add(new Setting(path, values));
            }
        } else if (attribute.kind() == Attribute.Kind.SIMULATION_PARAMETER) {
            Object value = network.simulationParameters().get(path);
            settings.add(new Setting(path, value instanceof Tensor tensor ? shown(path, tensor) : value));
        }
    }

    /** A few whole numbers, such as the sizes of a window, as they are. */
    private static Object shown(String path, Tensor tensor) {
        List<Integer> whole = new ArrayList<>();
        for (float value : tensor.toArray()) {
            if (value == (int) value) {
                whole.add((int) value);
            }
        }
        return whole.size() == tensor.shape().count() && whole.size() <= MOST_SHOWN
                ? whole
                : Values.of(path, Optional.empty(), tensor);
    }

    int parameterCount() {
        return parameters.stream().mapToInt(values -> values.shape().count()).sum();
    }

    StateLayout states() {
        return network.stateLayout("");
    }

    int stateBytes() {
        return states().count() * Float.BYTES;
    }

    /** The paths that can be recorded, with the shape of one step. */
    Map<String, Shape> recordable() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        network.recordable().forEachLeaf((path, leaf) -> {
            int[] sizes = ((Tensor) leaf).shape().toArray();
            shapes.put(path, Shape.of(Arrays.copyOfRange(sizes, 2, sizes.length)));
        });
        return shapes;
    }
}
