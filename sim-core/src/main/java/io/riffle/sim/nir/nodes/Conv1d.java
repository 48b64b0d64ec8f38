package io.riffle.sim.nir.nodes;

import io.riffle.sim.Arguments;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.SimulationParameter;

/**
 * NIR's Conv1d. Input and output (B, T, ..), a signal being (channels, width), flat. Arguments, with their defaults:
 * {@code input_shape} width; {@code weight} (Cout, Cin / groups, kernel width); {@code bias} (Cout,) or (): 0;
 * {@code stride} 1; {@code padding} 0, or "same" or "valid"; {@code dilation} 1; {@code groups} 1; the shape follows. See
 * {@link Conv}.
 */
public final class Conv1d extends Conv {
    public Conv1d(Arguments given) {
        super(sizes(given), given);
        Windows windows = new Windows(given, 1);
        simulationParameter(
                "input_shape",
                SimulationParameter.of(windows.tensor("input_shape", 1)).fixed());
        simulationParameter(
                "stride", SimulationParameter.of(windows.tensor("stride", 1)).fixed());
        simulationParameter(
                "dilation",
                SimulationParameter.of(windows.tensor("dilation", 1)).fixed());
        if (windows.isText("padding")) {
            simulationParameter(
                    "padding", SimulationParameter.of(given.text("padding", "")).fixed());
        } else {
            simulationParameter(
                    "padding",
                    SimulationParameter.of(windows.tensor("padding", 0)).fixed());
        }
    }

    private static Sizes sizes(Arguments given) {
        Arguments arguments =
                given.expect("Conv1d", "weight", "bias", "input_shape", "stride", "padding", "dilation", "groups");
        Shape weight = arguments.tensor("weight").shape();
        if (weight.rank() != 3) {
            throw new RiffleException(
                    "Conv1d: weight has the shape %s, expected (Cout, Cin / groups, kernel width)".formatted(weight));
        }
        if (!arguments.has("input_shape")) {
            throw new RiffleException("Conv1d: input_shape is missing, expected width");
        }
        int asked = arguments.wholeNumber("groups", 1);
        int channelsIn = Math.multiplyExact(weight.size(1), Math.max(1, asked));
        int groups = groups("Conv1d", asked, channelsIn, weight.size(0), weight.size(1));
        try {
            Windows windows = new Windows(arguments, 1);
            int[] places = windows.sizes("input_shape", 1);
            Window rows = new Window(1, 1, 1, 0, 0, 1);
            Window columns = windows.of(0, places[0], weight.size(2));
            return new Sizes(channelsIn, weight.size(0), groups, rows, columns, weight);
        } catch (RiffleException wrong) {
            throw new RiffleException("Conv1d: " + wrong.getMessage(), wrong);
        }
    }
}
