package io.riffle.sim.nir.nodes;

import io.riffle.sim.Arguments;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.SimulationParameter;

/**
 * NIR's Conv2d. Input and output (B, T, ..), a signal being (channels, height, width), flat. Arguments, with their defaults:
 * {@code input_shape} (height, width); {@code weight} (Cout, Cin / groups, kernel height, kernel width); {@code bias} (Cout,) or (): 0;
 * {@code stride} 1; {@code padding} 0, or "same" or "valid"; {@code dilation} 1; {@code groups} 1; the shape follows. See
 * {@link Conv}.
 */
public final class Conv2d extends Conv {
    public Conv2d(Arguments given) {
        super(sizes(given), given);
        Windows windows = new Windows(given, 2);
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
                given.expect("Conv2d", "weight", "bias", "input_shape", "stride", "padding", "dilation", "groups");
        Shape weight = arguments.tensor("weight").shape();
        if (weight.rank() != 4) {
            throw new RiffleException(
                    "Conv2d: weight has the shape %s, expected (Cout, Cin / groups, kernel height, kernel width)"
                            .formatted(weight));
        }
        if (!arguments.has("input_shape")) {
            throw new RiffleException("Conv2d: input_shape is missing, expected (height, width)");
        }
        int asked = arguments.wholeNumber("groups", 1);
        int channelsIn = Math.multiplyExact(weight.size(1), Math.max(1, asked));
        int groups = groups("Conv2d", asked, channelsIn, weight.size(0), weight.size(1));
        try {
            Windows windows = new Windows(arguments, 2);
            int[] places = windows.sizes("input_shape", 1);
            Window rows = windows.of(0, places[0], weight.size(2));
            Window columns = windows.of(1, places[1], weight.size(3));
            return new Sizes(channelsIn, weight.size(0), groups, rows, columns, weight);
        } catch (RiffleException wrong) {
            throw new RiffleException("Conv2d: " + wrong.getMessage(), wrong);
        }
    }
}
