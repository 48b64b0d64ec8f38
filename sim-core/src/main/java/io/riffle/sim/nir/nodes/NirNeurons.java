package io.riffle.sim.nir.nodes;

import io.riffle.sim.Arguments;
import io.riffle.sim.Derived;
import io.riffle.sim.Family;
import io.riffle.sim.Init;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Parameter;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.SimulationParameter;
import io.riffle.sim.State;
import io.riffle.sim.Tensor;

/**
 * What NIR's neurons have in common: parameters for each neuron, or one for all, states {@code v} and, with a synapse,
 * {@code i}; how a step is made of them is the matter of the {@link Semantics}.
 *
 * <p>Input and output (B, T, N). Records {@code v} and {@code i} behind the step, and {@code spikes}.
 */
abstract class NirNeurons extends Module {
    private final SimulationParameter<String> semantics;
    private final SimulationParameter<Double> dt;
    private final boolean spiking;
    private Derived<Dynamics> dynamics;
    private State v;
    private State i;

    NirNeurons(String module, Arguments given, boolean spiking) {
        super(shapeOf(module, given), false, spiking);
        this.spiking = spiking;
        Arguments arguments = given.of(module);
        semantics = simulationParameter(
                "semantics", SimulationParameter.of(arguments.text("semantics", Semantics.NIR.toString())));
        dt = simulationParameter("dt", SimulationParameter.of(arguments.number("dt", 1e-3)));
    }

    private static Shape shapeOf(String module, Arguments given) {
        Shape shape = given.of(module).shape();
        if (shape.rank() != 1) {
            throw new RiffleException("%s: the shape is %s, expected (N,)".formatted(module, shape));
        }
        return shape;
    }

    /** The dynamics by the attributes as they are now. */
    abstract Dynamics newDynamics();

    /** Declares the states, after the parameters. */
    final void begin(boolean synapse, Init initial) {
        if (synapse) {
            i = state("i", State.withShape(Shape.of(sizeOut())).init(initial));
        }
        v = state("v", State.withShape(Shape.of(sizeOut())).init(initial));
        dynamics = derived(this::newDynamics);
        dynamics.get(); // so that values that cannot be computed with are an error now, not at the first step
    }

    final Parameter parameter(Arguments given, String name, Family family, double otherwise) {
        return parameter(
                name, given.parameter(name, family, Init.constant(otherwise), Shape.of(sizeOut()), Shape.SCALAR));
    }

    final Semantics semantics() {
        return Semantics.of(semantics.value());
    }

    final double dt() {
        if (!(dt.value() > 0 && dt.value() < Double.POSITIVE_INFINITY)) {
            throw new RiffleException("%s: dt is %s, expected above 0".formatted(where(), dt.value()));
        }
        return dt.value();
    }

    /** One value for each neuron. */
    final float[] each(Parameter parameter) {
        float[] given = parameter.value().arrayWithoutCopy();
        float[] values = new float[sizeOut()];
        for (int n = 0; n < values.length; n++) {
            values[n] = given[n % given.length];
        }
        return values;
    }

    /** Time constants, which must be above 0. */
    final float[] taus(String name, Parameter parameter) {
        float[] values = each(parameter);
        for (float value : values) {
            if (!(value > 0)) {
                throw new RiffleException("%s: %s is %s, expected above 0".formatted(where(), name, value));
            }
        }
        return values;
    }

    /** Refuses values that another library ignores without a word or does not take. */
    final void require(String name, float[] values, float expected) {
        for (float value : values) {
            if (value != expected) {
                throw new RiffleException(
                        "%s: %s is %s, but %s takes %s only".formatted(where(), name, value, semantics(), expected));
            }
        }
    }

    final RiffleException notRead() {
        return new RiffleException("%s: %s has no reading of it".formatted(where(), semantics()));
    }

    static float[] zeros(int neurons) {
        return new float[neurons];
    }

    @Override
    public final Tensor evolve(Tensor given, ModuleState state, Recorder recorder) {
        Tensor input = accept(given);
        int steps = input.steps();
        int neurons = sizeOut();
        Dynamics rules = dynamics.get();
        float[] x = input.arrayWithoutCopy();
        float[] output = new float[x.length];
        float[] vs = spiking && recorder.wants("v") ? new float[x.length] : null;
        float[] is = i != null && recorder.wants("i") ? new float[x.length] : null;
        float[] values = state.valuesWithoutCopy();
        for (int b = 0; b < input.batches(); b++) {
            int vAt = state.offset(v, b);
            int iAt = i == null ? 0 : state.offset(i, b);
            for (int t = 0; t < steps; t++) {
                int row = (b * steps + t) * neurons;
                step(rules, x, row, values, vAt, iAt, output);
                if (vs != null) {
                    System.arraycopy(values, vAt, vs, row, neurons);
                }
                if (is != null) {
                    System.arraycopy(values, iAt, is, row, neurons);
                }
            }
        }
        Tensor result = Tensor.wrap(output, input.batches(), steps, neurons);
        if (is != null) {
            recorder.record("i", Tensor.wrap(is, input.batches(), steps, neurons));
        }
        if (spiking) {
            if (vs != null) {
                recorder.record("v", Tensor.wrap(vs, input.batches(), steps, neurons));
            }
            return recorder.record("spikes", result);
        }
        return recorder.record("v", result);
    }

    private void step(Dynamics rules, float[] x, int row, float[] values, int vAt, int iAt, float[] output) {
        for (int n = 0; n < sizeOut(); n++) {
            float drive = x[row + n];
            if (rules.current() != null) {
                drive = rules.current().next(n, values[iAt + n], drive);
                values[iAt + n] = drive;
            }
            float before = values[vAt + n];
            float membrane = rules.membrane().next(n, before, drive);
            if (spiking) {
                float spikes = rules.spiking().spikes(n, membrane, before);
                output[row + n] = spikes;
                membrane = rules.spiking().after(n, membrane, spikes);
            } else {
                output[row + n] = membrane;
            }
            values[vAt + n] = membrane;
        }
    }
}
