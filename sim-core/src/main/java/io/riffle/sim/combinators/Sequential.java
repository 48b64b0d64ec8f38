package io.riffle.sim.combinators;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Tensor;
import java.util.List;

/**
 * Modules one after the other. They are named by their place and class, {@code 0_Linear}, {@code 1_LIF}, or by
 * {@code names}.
 *
 * <p>Input (B, T, Nin of the first), output (B, T, Nout of the last). Records what its modules record, and
 * {@code {name}_output} of each.
 */
public final class Sequential extends Module {
    private final Chain chain;

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
        chain = new Chain(modules());
    }

    @Override
    public Arguments toArguments() {
        return Children.toArguments(modules());
    }

    @Override
    public Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
        return chain.evolve(input, state, recorder);
    }

    /** The name under which a combinator records the output of one of its modules. */
    public static String outputOf(String name) {
        return name + "_output";
    }
}
