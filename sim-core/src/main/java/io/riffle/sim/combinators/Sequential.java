package io.riffle.sim.combinators;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Modules one after the other. They are named by their place and class, {@code 0_Linear}, {@code 1_LIF}, or by
 * {@code names}.
 *
 * <p>Input (B, T, Nin of the first), output (B, T, Nout of the last). Records what its modules record, and
 * {@code {name}_output} of each.
 */
public final class Sequential extends Module {
    public Sequential(Module... modules) {
        this(Children.numbered("Sequential", List.of(modules)));
    }

    /** @param arguments {@code modules}, a list, and optionally {@code names}, one for each */
    public Sequential(Arguments arguments) {
        this(Children.of("Sequential", arguments.expect("Sequential", "modules", "names")));
    }

    private Sequential(Children children) {
        super(
                children.atLeast(1).fitting().shape(),
                children.first().spikingInput(),
                children.last().spikingOutput());
        children.modules().forEach(this::module);
    }

    @Override
    public Arguments toArguments() {
        return Children.toArguments(modules());
    }

    @Override
    public Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
        return evolve(modules(), input, state, recorder);
    }

    static Tensor evolve(Map<String, Module> modules, Tensor input, ModuleState state, Recorder recorder) {
        Tensor signal = input;
        for (Map.Entry<String, Module> entry : modules.entrySet()) {
            String name = entry.getKey();
            signal = entry.getValue().evolve(signal, state.of(name), recorder.of(name));
            recorder.recordOutput(name, signal);
        }
        return signal;
    }

    /** The name under which a combinator records the output of one of its modules. */
    public static String outputOf(String name) {
        return name + "_output";
    }
}
