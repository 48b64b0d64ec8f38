package io.riffle.sim;

import io.riffle.sim.combinators.FFwdStack;
import io.riffle.sim.combinators.Residual;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.examples.FfwdNet;
import io.riffle.sim.modules.BooleanState;
import io.riffle.sim.modules.ButterFilter;
import io.riffle.sim.modules.ButterMelFilter;
import io.riffle.sim.modules.ExpSmooth;
import io.riffle.sim.modules.ExpSyn;
import io.riffle.sim.modules.Instant;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.LIFBitshift;
import io.riffle.sim.modules.LIFNeuron;
import io.riffle.sim.modules.LIFODE;
import io.riffle.sim.modules.Linear;
import io.riffle.sim.modules.LogSoftmax;
import io.riffle.sim.modules.LowPass;
import io.riffle.sim.modules.Rate;
import io.riffle.sim.modules.Softmax;
import io.riffle.sim.modules.SynNet;
import io.riffle.sim.modules.TimeStepDropout;
import io.riffle.sim.modules.UnitDropout;
import io.riffle.sim.modules.UpDown;
import io.riffle.sim.modules.WaveSenseBlock;
import io.riffle.sim.modules.WaveSenseNet;
import io.riffle.sim.modules.aLIF;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Modules and nested networks of random sizes and parameters, the same for the same seed. */
final class RandomNetworks {
    private final Random random;

    RandomNetworks(long seed) {
        random = new Random(seed);
    }

    /** A network with modules up to this depth. */
    Module network(int depth) {
        return network(1 + random.nextInt(4), depth);
    }

    private Module network(int sizeIn, int depth) {
        if (depth == 0) {
            return layer(sizeIn);
        }
        return switch (random.nextInt(4)) {
            case 0 -> residual(sizeIn, depth);
            case 1 -> stack(sizeIn, depth);
            default ->
                new Sequential(chain(sizeIn, depth, 2 + random.nextInt(3)).toArray(Module[]::new));
        };
    }

    private List<Module> chain(int sizeIn, int depth, int length) {
        List<Module> modules = new ArrayList<>();
        int size = sizeIn;
        while (modules.size() < length) {
            modules.add(network(size, random.nextInt(depth)));
            size = modules.get(modules.size() - 1).sizeOut();
        }
        return modules;
    }

    private Module residual(int size, int depth) {
        List<Module> modules = chain(size, depth, 1 + random.nextInt(2));
        modules.add(linear(modules.get(modules.size() - 1).sizeOut(), size));
        return new Residual(modules.toArray(Module[]::new));
    }

    private Module stack(int sizeIn, int depth) {
        Module first = network(sizeIn, random.nextInt(depth));
        Module second = network(1 + random.nextInt(4), 0);
        List<Tensor> weights = List.of(normal(0.5, first.sizeOut(), second.sizeIn()));
        return new FFwdStack(
                Arguments.none().with("modules", List.of(first, second)).with("weights", weights));
    }

    private Module layer(int size) {
        return switch (random.nextInt(16)) {
            case 0 -> lif(size, 1, false);
            case 1 -> lif(size, 1, true);
            case 2 -> size % 2 == 0 ? lif(size / 2, 2, true) : linear(size, 2);
            case 3 -> rate(size, random.nextBoolean());
            case 4 -> expSyn(size);
            case 5 -> updown(size);
            case 6 -> instant(size);
            case 7 ->
                new FfwdNet(Arguments.shape(size, 3)
                        .with("w_ffwd", normal(1, size, 3))
                        .with("neurons", rate(3, true)));
            case 8, 9, 10, 11, 12 -> pick(models(size));
            default -> linear(size, 1 + random.nextInt(5));
        };
    }

    private Module pick(List<Module> modules) {
        return modules.get(random.nextInt(modules.size()));
    }

    /** One of each of the other models that take this many channels, noise and dropout on. */
    List<Module> models(int size) {
        List<Module> models = new ArrayList<>(List.of(
                new aLIF(spiking(size).with("w_ahp", normal(1, size)).with("tau_ahp", uniform(0.002, 0.03, size))),
                new LIFBitshift(spiking(size)),
                new LIFODE(spiking(size)),
                new LIFNeuron(Arguments.shape(size)
                        .with("tau_mem", uniform(0.002, 0.03, size))
                        .with("threshold", uniform(0.5, 1.5, size))
                        .with("bias", normal(0.1, size))
                        .with("noise_std", 3)),
                new BooleanState(Arguments.shape(size).with("threshold", uniform(0, 1, size))),
                new UnitDropout(Arguments.shape(size).with("p", 0.4).with("training", true)),
                new TimeStepDropout(Arguments.shape(size).with("p", 0.4).with("training", true)),
                new ExpSmooth(Arguments.shape(size).with("tau", 0.005)),
                new LowPass(Arguments.shape(size).with("tau_mem", uniform(0.002, 0.03, size))),
                new Softmax(readout(size)),
                new LogSoftmax(readout(size)),
                synNet(size),
                new WaveSenseBlock(Arguments.shape(size)
                        .with("kernel_size", 3)
                        .with("dilation", 2)
                        .with("n_channels_skip", 2)),
                new WaveSenseNet(Arguments.none()
                        .with("dilations", new int[] {1, 2})
                        .with("n_classes", 2)
                        .with("n_channels_in", size)
                        .with("n_channels_res", 3)
                        .with("n_channels_skip", 2)
                        .with("n_hidden", 3))));
        if (size == 1) {
            models.add(new ButterFilter(Arguments.none()
                    .with("frequency", new double[] {150, 300})
                    .with("bandwidth", 80)
                    .with("fs", 1000)
                    .with("order", 1 + random.nextInt(3))
                    .with("use_lowpass", random.nextBoolean())));
            models.add(new ButterMelFilter(Arguments.shape(3).with("fs", 8000)));
        }
        return models;
    }

    private Arguments spiking(int neurons) {
        return Arguments.shape(neurons)
                .with("tau_mem", uniform(0.002, 0.03, neurons))
                .with("tau_syn", uniform(0.002, 0.03, neurons, 1))
                .with("threshold", uniform(0.5, 1.5, neurons))
                .with("has_rec", true)
                .with("w_rec", normal(0.4, neurons, neurons))
                .with("noise_std", 3);
    }

    private Arguments readout(int size) {
        return Arguments.shape(size, 3)
                .with("weight", normal(1, size, 3))
                .with("tau", 0.005)
                .with("noise_std", 3);
    }

    private Module synNet(int size) {
        return new SynNet(Arguments.none()
                .with("n_channels", size)
                .with("n_classes", 3)
                .with("size_hidden_layers", new int[] {4, 3})
                .with("time_constants_per_layer", new int[] {2, 2})
                .with("p_dropout", 0.3)
                .with("training", true)
                .with("output", random.nextBoolean() ? "spikes" : "vmem"));
    }

    Module linear(int sizeIn, int sizeOut) {
        Arguments arguments = Arguments.shape(sizeIn, sizeOut).with("weight", normal(1, sizeIn, sizeOut));
        return new Linear(random.nextBoolean() ? arguments : arguments.with("bias", normal(0.3, sizeOut)));
    }

    Module lif(int neurons, int synapses, boolean recurrent) {
        Arguments arguments = Arguments.shape(neurons * synapses, neurons)
                .with("tau_mem", uniform(0.002, 0.03, neurons))
                .with("tau_syn", uniform(0.002, 0.03, neurons, synapses))
                .with("bias", normal(0.1, neurons))
                .with("threshold", uniform(0.5, 1.5, neurons))
                .with("has_rec", recurrent)
                .with("noise_std", random.nextInt(2) * 3.0);
        return new LIF(recurrent ? arguments.with("w_rec", normal(0.4, neurons, neurons * synapses)) : arguments);
    }

    Module rate(int neurons, boolean recurrent) {
        Arguments arguments = Arguments.shape(neurons)
                .with("tau", uniform(0.002, 0.03, neurons))
                .with("bias", normal(0.1, neurons))
                .with("activation_func", List.of("relu", "tanh", "sigmoid").get(random.nextInt(3)))
                .with("has_rec", recurrent)
                .with("noise_std", random.nextInt(2) * 3.0);
        return new Rate(recurrent ? arguments.with("w_rec", normal(0.4, neurons, neurons)) : arguments);
    }

    Module expSyn(int synapses) {
        return new ExpSyn(Arguments.shape(synapses)
                .with("tau", uniform(0.002, 0.03, synapses))
                .with("noise_std", random.nextInt(2) * 3.0));
    }

    Module updown(int signals) {
        return new UpDown(Arguments.shape(signals)
                .with("thr_up", uniform(0.2, 0.6, 1, signals))
                .with("thr_down", uniform(0.2, 0.6, 1, signals))
                .with("n_ref_steps", random.nextInt(3)));
    }

    Module instant(int size) {
        List<String> functions = List.of("identity", "tanh", "abs", "relu");
        return new Instant(Arguments.shape(size).with("function", functions.get(random.nextInt(functions.size()))));
    }

    private Tensor normal(double deviation, int... shape) {
        return Init.normal(deviation, random.nextLong()).create(Shape.of(shape));
    }

    private Tensor uniform(double low, double high, int... shape) {
        return Init.uniform(low, high, random.nextLong()).create(Shape.of(shape));
    }
}
