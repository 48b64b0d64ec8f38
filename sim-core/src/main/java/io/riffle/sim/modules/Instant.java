package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Derived;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Names;
import io.riffle.sim.OwnClasses;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.Tensor;
import java.util.Map;
import java.util.TreeMap;

/**
 * A function of each value, without state.
 *
 * <p>Input and output (B, T, N). Arguments: {@code shape} N or (N, N); {@code function}: identity, tanh, abs, square,
 * relu, or the full name of an own class that is a {@link ValueFunction} and has a public constructor without
 * arguments. Records nothing.
 */
public final class Instant extends Module {
    private static final Map<String, ValueFunction> NAMED = new TreeMap<>(Map.of(
            "identity", value -> value,
            "tanh", value -> (float) StrictMath.tanh(value),
            "abs", Math::abs,
            "square", value -> value * value,
            "relu", value -> Math.max(value, 0f)));

    private final Derived<ValueFunction> function;

    public Instant(Arguments given) {
        super(given.of("Instant").shape());
        Arguments arguments = given.expect("Instant", "function");
        if (sizeIn() != sizeOut()) {
            throw new RiffleException("Instant: the shape is %s, expected (N,) or (N, N)".formatted(shape()));
        }
        SimulationParameter<String> name =
                simulationParameter("function", SimulationParameter.of(arguments.text("function", "identity")));
        function = derived(() -> named(name.value()));
        function.get(); // so that an unknown name is an error now, not at the first step
    }

    private static ValueFunction named(String name) {
        ValueFunction known = NAMED.get(name);
        return known != null
                ? known
                : OwnClasses.construct(name, "function", ValueFunction.class)
                        .orElseThrow(() -> new RiffleException(
                                "Instant: function is '%s'%s".formatted(name, Names.hint(name, NAMED.keySet()))));
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        ValueFunction applied = function.get();
        float[] values = input.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = applied.of(values[i]);
        }
        return Tensor.wrap(values, input.shape());
    }
}
