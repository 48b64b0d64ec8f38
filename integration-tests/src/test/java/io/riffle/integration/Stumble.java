package io.riffle.integration;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.Tensor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A module that changes nothing, and fails a given number of times in this process when it sees a given step: with an
 * error, because an exception would only quarantine the stream.
 */
public final class Stumble extends Module {
    static final AtomicInteger LEFT = new AtomicInteger();

    private final SimulationParameter<Long> atStep;

    public Stumble(Arguments arguments) {
        super(arguments.shape());
        atStep = simulationParameter("at_step", SimulationParameter.of(arguments.wholeNumber("at_step", 0)));
    }

    @Override
    public Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
        long first = state.nextStep(0);
        boolean here = first <= atStep.value() && atStep.value() < first + input.steps();
        if (here && LEFT.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new Error("stumbled at step " + atStep.value());
        }
        return input;
    }
}
