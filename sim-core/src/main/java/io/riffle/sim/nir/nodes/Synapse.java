package io.riffle.sim.nir.nodes;

import static io.riffle.sim.Family.TAUS;

import io.riffle.sim.Arguments;
import io.riffle.sim.Family;
import io.riffle.sim.Parameter;

/** The parameters of neurons with a current, and the steps of current and membrane that follow from them. */
final class Synapse {
    private final NirNeurons neurons;
    private final Parameter tauSyn;
    private final Parameter tauMem;
    private final Parameter r;
    private final Parameter leak;
    private final Parameter input;

    Synapse(NirNeurons neurons, Arguments arguments) {
        this.neurons = neurons;
        tauSyn = neurons.parameter(arguments, "tau_syn", TAUS, 0.005);
        tauMem = neurons.parameter(arguments, "tau_mem", TAUS, 0.01);
        r = neurons.parameter(arguments, "r", Family.of("resistances"), 1);
        leak = neurons.parameter(arguments, "v_leak", Family.of("leaks"), 0);
        input = neurons.parameter(arguments, "w_in", Family.WEIGHTS, 1);
    }

    /** {@code i + dt / tau_syn (rest - i + w_in x)}, where Norse takes v_leak for the rest and all others 0. */
    LinearStep current(boolean leaksToo) {
        double dt = neurons.dt();
        float[] taus = neurons.taus("tau_syn", tauSyn);
        float[] weights = neurons.each(input);
        return Euler.membrane(dt, taus, weights, leaksToo ? neurons.each(leak) : NirNeurons.zeros(taus.length));
    }

    /** {@code v + dt / tau_mem (v_leak - v + r i)}. */
    LinearStep membrane() {
        return Euler.membrane(neurons.dt(), neurons.taus("tau_mem", tauMem), neurons.each(r), neurons.each(leak));
    }

    float[] tauSyn() {
        return neurons.taus("tau_syn", tauSyn);
    }

    float[] tauMem() {
        return neurons.taus("tau_mem", tauMem);
    }

    float[] r() {
        return neurons.each(r);
    }

    float[] leak() {
        return neurons.each(leak);
    }

    float[] input() {
        return neurons.each(input);
    }
}
