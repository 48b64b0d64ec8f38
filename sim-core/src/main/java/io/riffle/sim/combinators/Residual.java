package io.riffle.sim.combinators;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import java.util.List;

/**
 * Modules one after the other, whose input is added to their output: a {@link Sequential} with a way around it.
 *
 * <p>Input and output (B, T, N). Records what its modules record, and {@code {name}_output} of each.
 */
public final class Residual extends Module {
    private final Chain chain;

    public Residual(Module... modules) {
        this(Children.numbered("Residual", List.of(modules)));
    }

    /** @param arguments {@code modules}, a list, and optionally {@code names}, one for each */
    public Residual(Arguments arguments) {
        this(Children.of("Residual", arguments.expect("Residual", "modules", "names")));
    }

    private Residual(Children children) {
        super(
                children.atLeast(1).fitting().shape(),
                children.first().spikingInput(),
                children.last().spikingOutput());
        if (sizeIn() != sizeOut()) {
            throw new RiffleException(
                    "Residual: the first module takes %d channels, but the last gives %d; expected the same"
                            .formatted(sizeIn(), sizeOut()));
        }
        children.modules().forEach(this::module);
        chain = new Chain(modules());
    }

    @Override
    public Arguments toArguments() {
        return Children.toArguments(modules());
    }

    @Override
    public Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        return chain.evolve(input, state, recorder).plus(input);
    }
}
