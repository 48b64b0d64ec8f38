package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Derived;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Names;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A function of each value, without state.
 *
 * <p>Input and output (B, T, N). Arguments: {@code shape} N or (N, N); {@code function}: identity, tanh, abs, square or
 * relu. Records nothing.
 */
public final class Instant extends Module {
    private final Derived<Function> function;

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

    private enum Function {
        IDENTITY("identity"),
        TANH("tanh"),
        ABS("abs"),
        SQUARE("square"),
        RELU("relu");

        private final String text;

        Function(String text) {
            this.text = text;
        }

        private float of(float value) {
            return switch (this) {
                case IDENTITY -> value;
                case TANH -> (float) StrictMath.tanh(value);
                case ABS -> Math.abs(value);
                case SQUARE -> value * value;
                case RELU -> Math.max(value, 0f);
            };
        }
    }

    private static Function named(String name) {
        List<String> known = new ArrayList<>();
        for (Function function : Function.values()) {
            if (function.text.equals(name)) {
                return function;
            }
            known.add(function.text);
        }
        throw new RiffleException("Instant: function is '%s'%s".formatted(name, Names.hint(name, known)));
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        Function applied = function.get();
        float[] values = input.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = applied.of(values[i]);
        }
        return Tensor.wrap(values, input.shape());
    }
}
