package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.Tree;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.kernels.Decay;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A feed-forward network of layers whose synapses have different time constants, so that it sees patterns in time (Bos
 * and Muir, 2022). Its one module {@code seq} is a {@link Sequential} of {@code 0_linear}, {@code 0_neurons}
 * [, {@code 0_dropout}], .., {@code out_linear}, {@code out_neurons}: {@link Linear} without bias, {@link LIF}, and
 * {@link TimeStepDropout} if {@code p_dropout} is above 0.
 *
 * <p>Neuron j of a hidden layer with n time constants has {@code tau_syn = dt (tau_syn_base / dt)^(1 + j mod n)}. With
 * {@code quantize_time_constants} all of them, tau_mem and tau_syn_out become those of decays by shifting bits:
 * {@code d = round(-log2(1 - exp(-dt / tau)))}, {@code tau = -dt / ln(1 - 2^-d)}.
 *
 * <p>Input (B, T, n_channels), output (B, T, n_classes): spikes, or with {@code output: vmem} the membranes of the readout,
 * whose threshold then is 32767. Arguments, with their defaults:
 *
 * <ul>
 *   <li>{@code n_classes}, {@code n_channels}; {@code size_hidden_layers}: [60]; {@code time_constants_per_layer}: [10]
 *   <li>{@code tau_syn_base}, {@code tau_mem}, {@code tau_syn_out}: 0.002 s; {@code dt}: 0.001 s;
 *       {@code quantize_time_constants}: true
 *   <li>{@code threshold}: 1; {@code threshold_out}: as threshold; {@code max_spikes_per_dt}: 31;
 *       {@code max_spikes_per_dt_out}: 1
 *   <li>{@code train_time_constants}, {@code train_threshold}: false: else those of the hidden layers are constant; those of
 *       the readout, and all biases, which are 0, always are
 *   <li>{@code p_dropout}: 0; {@code training}: false, of the dropout
 *   <li>{@code output}: spikes or vmem
 *   <li>{@code weights}: matrices by layer; those that are not given are random
 *   <li>{@code expanded}: the same network as a Sequential with every number, as in recordings: it must agree
 *   <li>{@code seq}: the module itself, with all its values, in the place of weights
 * </ul>
 *
 * Records what {@code seq} records.
 */
public final class SynNet extends Module {
    private static final String READOUT = "out_neurons";
    private static final double THRESHOLD_WITHOUT_SPIKES = 32767;

    private final Arguments settings;
    private final boolean vmem;
    private final Sequential seq;

    public SynNet(Arguments given) {
        this(Settings.of(given.expect(
                "SynNet",
                "n_classes",
                "n_channels",
                "size_hidden_layers",
                "time_constants_per_layer",
                "tau_syn_base",
                "tau_mem",
                "tau_syn_out",
                "quantize_time_constants",
                "train_time_constants",
                "threshold",
                "threshold_out",
                "train_threshold",
                "max_spikes_per_dt",
                "max_spikes_per_dt_out",
                "p_dropout",
                "training",
                "dt",
                "output",
                "weights",
                "expanded",
                "seq")));
    }

    private SynNet(Settings made) {
        super(Shape.of(made.channels, made.classes), true, !made.vmem);
        if (made.arguments.has("seq") && made.arguments.has("weights")) {
            throw new RiffleException("SynNet: seq and weights are given, expected one of the two");
        }
        settings = made.arguments.without("expanded").without("seq");
        vmem = made.vmem;
        Sequential described = made.network();
        if (made.arguments.has("expanded")) {
            refuseOther(described, made.arguments.module("expanded"));
        }
        seq = module("seq", Parts.givenOr("SynNet", made.arguments, "seq", described));
    }

    /** Refuses an expanded form that says something else than the other arguments, but for the last bit. */
    private static void refuseOther(Module described, Module expanded) {
        Map<String, Object> ours = values(described);
        values(expanded).forEach((path, value) -> {
            if (!ours.containsKey(path) || !same(value, ours.get(path))) {
                throw new RiffleException("SynNet: expanded says otherwise about %s than the other arguments: %s and %s"
                        .formatted(path, value, ours.get(path)));
            }
        });
    }

    private static boolean same(Object left, Object right) {
        if (!(left instanceof Tensor one && right instanceof Tensor other)) {
            return left.equals(right);
        }
        boolean same = one.shape().equals(other.shape());
        for (int i = 0; same && i < one.shape().count(); i++) {
            float expected = one.arrayWithoutCopy()[i];
            same = Math.abs(other.arrayWithoutCopy()[i] - expected) <= Math.ulp(expected);
        }
        return same;
    }

    private static Map<String, Object> values(Module module) {
        Map<String, Object> values = new LinkedHashMap<>();
        module.parameters().forEachLeaf(values::put);
        module.simulationParameters().forEachLeaf(values::put);
        return values;
    }

    @Override
    public Arguments toArguments() {
        Map<String, Object> weights = new LinkedHashMap<>();
        seq.modules().forEach((name, layer) -> {
            if (layer instanceof Linear) {
                weights.put(name, layer.parameters().tensor("weight"));
            }
        });
        Arguments described = settings.with("weights", weights);
        return Parts.toArguments(this, new SynNet(described), described, List.of("seq"));
    }

    @Override
    public Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
        if (!vmem) {
            return seq.evolve(input, state.of("seq"), recorder);
        }
        ModuleState states = state.of("seq");
        Tensor signal = input;
        for (Map.Entry<String, Module> entry : seq.modules().entrySet()) {
            String name = entry.getKey();
            if (name.equals(READOUT)) {
                return membranes(entry.getValue(), signal, states.of(name), recorder);
            }
            signal = entry.getValue().evolve(signal, states.of(name), recorder.of(name));
            recorder.recordOutput(name, signal);
        }
        throw new IllegalStateException("a SynNet always has a readout");
    }

    private static Tensor membranes(Module readout, Tensor input, ModuleState state, Recorder recorder) {
        Recorder everything = Recorder.all();
        Tensor spikes = readout.evolve(input, state, everything);
        Tree records = everything.tree();
        Recorder wanted = recorder.of(READOUT);
        records.forEachLeaf((name, trace) -> wanted.record(name, (Tensor) trace));
        recorder.recordOutput(READOUT, spikes);
        return records.tensor("vmem");
    }

    /** What the arguments say. */
    private record Settings(Arguments arguments, int channels, int classes, boolean vmem) {
        static Settings of(Arguments arguments) {
            String output = arguments.text("output", "spikes");
            if (!List.of("spikes", "vmem").contains(output)) {
                throw new RiffleException("SynNet: output is '%s', expected spikes or vmem".formatted(output));
            }
            boolean vmem = output.equals("vmem");
            if (vmem && arguments.has("threshold_out")) {
                throw new RiffleException("SynNet: threshold_out is given, but with output: vmem the readout has none");
            }
            arguments.get("n_channels");
            arguments.get("n_classes");
            return new Settings(
                    arguments, arguments.wholeNumber("n_channels", 0), arguments.wholeNumber("n_classes", 0), vmem);
        }

        private double dt() {
            return arguments.number("dt", 1e-3);
        }

        /** A time constant as it is computed with. */
        private float tau(double seconds) {
            float dt = (float) dt();
            if (!arguments.flag("quantize_time_constants", true)) {
                return (float) seconds;
            }
            double left = 1 - StrictMath.exp(-dt / seconds);
            return Decay.tauOfBitshift(dt, StrictMath.rint(-StrictMath.log(left) / StrictMath.log(2)));
        }

        private int[] wholeNumbers(String name, int usual) {
            Tensor given = arguments.has(name) ? arguments.tensor(name) : Tensor.of((float) usual);
            int[] numbers = new int[given.shape().count()];
            for (int i = 0; i < numbers.length; i++) {
                float number = given.arrayWithoutCopy()[i];
                if (number < 1 || number != (int) number) {
                    throw new RiffleException(
                            "SynNet: %s[%d] is %s, expected a whole number of at least 1".formatted(name, i, number));
                }
                numbers[i] = (int) number;
            }
            return numbers;
        }

        private Sequential network() {
            int[] sizes = wholeNumbers("size_hidden_layers", 60);
            int[] timeConstants = wholeNumbers("time_constants_per_layer", 10);
            if (sizes.length != timeConstants.length) {
                throw new RiffleException(
                        "SynNet: size_hidden_layers names %d layers, time_constants_per_layer %d; expected the same"
                                .formatted(sizes.length, timeConstants.length));
            }
            double base = arguments.number("tau_syn_base", 2e-3);
            if (!(base > dt())) {
                throw new RiffleException(
                        "SynNet: tau_syn_base is %s s, expected longer than dt, %s s".formatted(base, dt()));
            }
            Map<String, Object> weights = Parts.weights("SynNet", arguments, linearLayers(sizes.length));
            Map<String, Module> layers = new LinkedHashMap<>();
            int size = channels;
            for (int i = 0; i < sizes.length; i++) {
                layers.put(i + "_linear", Parts.linear("SynNet", size, sizes[i], weights, i + "_linear"));
                size = sizes[i];
                layers.put(
                        i + "_neurons", Parts.neurons("SynNet", i + "_neurons", hidden(size, base, timeConstants[i])));
                if (arguments.number("p_dropout", 0) > 0) {
                    layers.put(i + "_dropout", Parts.made("SynNet", i + "_dropout", dropout(size)));
                }
            }
            layers.put("out_linear", Parts.linear("SynNet", size, classes, weights, "out_linear"));
            layers.put(READOUT, Parts.neurons("SynNet", READOUT, readout()));
            return new Sequential(Arguments.none()
                    .with("modules", List.copyOf(layers.values()))
                    .with("names", List.copyOf(layers.keySet())));
        }

        private static Set<String> linearLayers(int hidden) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < hidden; i++) {
                names.add(i + "_linear");
            }
            names.add("out_linear");
            return new LinkedHashSet<>(names);
        }

        private Arguments hidden(int size, double base, int timeConstants) {
            float[] taus = new float[size];
            for (int j = 0; j < size; j++) {
                taus[j] = tau(StrictMath.pow(base / dt(), 1 + j % timeConstants) * dt());
            }
            Tensor tauSyn = Tensor.wrap(taus, size, 1);
            Arguments neurons = Parts.constants(size, size, tauMem(), tauSyn, threshold(), dt())
                    .with("max_spikes_per_dt", arguments.number("max_spikes_per_dt", 31));
            if (arguments.flag("train_time_constants", false)) {
                neurons = neurons.with("tau_mem", tauMem()).with("tau_syn", tauSyn);
            }
            if (arguments.flag("train_threshold", false)) {
                neurons = neurons.with("threshold", threshold());
            }
            return neurons;
        }

        private Supplier<TimeStepDropout> dropout(int size) {
            return () -> new TimeStepDropout(Arguments.shape(size)
                    .with("p", arguments.number("p_dropout", 0))
                    .with("training", arguments.flag("training", false)));
        }

        private Arguments readout() {
            double limit = vmem ? THRESHOLD_WITHOUT_SPIKES : arguments.number("threshold_out", threshold());
            float tauSyn = tau(arguments.number("tau_syn_out", 2e-3));
            return Parts.constants(classes, classes, tauMem(), tauSyn, limit, dt())
                    .with("max_spikes_per_dt", arguments.number("max_spikes_per_dt_out", 1));
        }

        private float tauMem() {
            return tau(arguments.number("tau_mem", 2e-3));
        }

        private double threshold() {
            return arguments.number("threshold", 1);
        }
    }
}
