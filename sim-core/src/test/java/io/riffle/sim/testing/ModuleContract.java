package io.riffle.sim.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Tensor;
import io.riffle.sim.Tree;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.network.NetworkFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What every module promises: the same bits however its steps are cut into chunks, its state is stored in between,
 * streams are interleaved or batched, and a chain of modules is distributed. For an own module, in a JUnit test:
 *
 * <pre>{@code
 * ModuleContract.check(new MyNeurons(Arguments.shape(4)), 1);
 * }</pre>
 *
 * <p>A failure names the seed, the module as a network file, and where the first bits differ. Besides JUnit it needs
 * AssertJ.
 */
public final class ModuleContract {
    private static final int STEPS = 23;
    private static final long SEED = 7;

    private final Module module;
    private final Random random;
    private final String where;

    private ModuleContract(Module module, long seed) {
        this.module = module;
        this.random = new Random(seed);
        this.where = "seed %d, %s".formatted(seed, NetworkFile.write(module));
    }

    /**
     * @param module fresh; it is not evolved by its own state
     * @param seed of the inputs
     */
    public static void check(Module module, long seed) {
        ModuleContract contract = new ModuleContract(module, seed);
        contract.cuttingAnywhereChangesNoBit();
        contract.storingTheStateInBetweenChangesNoBit();
        contract.interleavingStreamsChangesNoBit();
        contract.aBatchEqualsItsElements();
        contract.aChainEqualsItsModulesOneByOne();
        contract.theNetworkFileGivesTheSameModule();
    }

    /** What a stream gave: everything, to the last bit. */
    private record Trace(List<float[]> outputs, Map<String, List<float[]>> records, float[] state) {
        static Trace empty(Module module) {
            float[] initial = module.newState(1).valuesWithoutCopy();
            return new Trace(new ArrayList<>(), new LinkedHashMap<>(), initial);
        }

        void add(Tensor output, Tree record) {
            outputs.add(output.toArray());
            record.forEachLeaf((path, value) ->
                    records.computeIfAbsent(path, added -> new ArrayList<>()).add(((Tensor) value).toArray()));
        }

        String bits() {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("output", bits(outputs));
            records.forEach((path, parts) -> all.put(path, bits(parts)));
            all.put("state", bits(List.of(state)));
            return all.toString();
        }

        private static String bits(List<float[]> parts) {
            return parts.stream()
                    .flatMapToInt(part ->
                            java.util.stream.IntStream.range(0, part.length).map(i -> Float.floatToRawIntBits(part[i])))
                    .boxed()
                    .toList()
                    .toString();
        }
    }

    private Tensor input() {
        float[] values = new float[STEPS * module.sizeIn()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(3) == 0 ? 0 : (float) (2 * random.nextGaussian());
        }
        return Tensor.wrap(values, 1, STEPS, module.sizeIn());
    }

    private void advance(Module by, Trace trace, Tensor input, int from, int to, String stream) {
        Recorder recorder = Recorder.all();
        ModuleState state = ModuleState.of(by, "", trace.state, SEED, stream, 1000 + from);
        trace.add(by.advance(input.steps(from, to), state, recorder), recorder.tree());
        assertThat(state.nextStep(0)).isEqualTo(1000 + to);
    }

    private Trace whole(Tensor input, String stream) {
        Trace trace = Trace.empty(module);
        float[] before = input.toArray();
        advance(module, trace, input, 0, STEPS, stream);
        for (float value : trace.outputs.get(0)) {
            assertThat(value).as(where).isFinite();
        }
        assertThat(input.toArray()).as("the caller's input").isEqualTo(before);
        return trace;
    }

    private void cuttingAnywhereChangesNoBit() {
        Tensor input = input();
        String whole = whole(input, "s").bits();
        for (int cut = 0; cut <= STEPS; cut++) {
            Trace trace = Trace.empty(module);
            advance(module, trace, input, 0, cut, "s");
            advance(module, trace, input, cut, STEPS, "s");
            assertThat(trace.bits()).as("cut at %d, %s", cut, where).isEqualTo(whole);
        }
        Trace single = Trace.empty(module);
        for (int step = 0; step < STEPS; step++) {
            advance(module, single, input, step, step + 1, "s");
        }
        assertThat(single.bits()).as("step by step, %s", where).isEqualTo(whole);
    }

    private void storingTheStateInBetweenChangesNoBit() {
        Tensor input = input();
        Trace trace = Trace.empty(module);
        advance(module, trace, input, 0, 9, "s");
        Module restarted = NetworkFile.parse(NetworkFile.write(module), "a copy");
        Trace restored = new Trace(trace.outputs, trace.records, trace.state.clone());
        Arrays.fill(trace.state, Float.NaN);
        advance(restarted, restored, input, 9, STEPS, "s");
        assertThat(restored.bits()).as(where).isEqualTo(whole(input, "s").bits());
    }

    private void interleavingStreamsChangesNoBit() {
        Tensor left = input();
        Tensor right = input();
        Trace leftTrace = Trace.empty(module);
        Trace rightTrace = Trace.empty(module);
        for (int step = 0; step < STEPS; step++) {
            advance(module, leftTrace, left, step, step + 1, "left");
            advance(module, rightTrace, right, step, step + 1, "right");
        }
        assertThat(leftTrace.bits()).as(where).isEqualTo(whole(left, "left").bits());
        assertThat(rightTrace.bits()).as(where).isEqualTo(whole(right, "right").bits());
    }

    private void aBatchEqualsItsElements() {
        int batch = 3;
        float[] all = new float[batch * STEPS * module.sizeIn()];
        List<Tensor> inputs = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            inputs.add(input());
            System.arraycopy(inputs.get(i).toArray(), 0, all, i * STEPS * module.sizeIn(), STEPS * module.sizeIn());
        }
        ModuleState state = module.newState(batch);
        Tensor input = Tensor.wrap(all, batch, STEPS, module.sizeIn());
        Tensor first = module.advance(input.steps(0, 5), state, Recorder.NONE);
        Tensor rest = module.advance(input.steps(5, STEPS), state, Recorder.NONE);

        for (int i = 0; i < batch; i++) {
            float[] values = module.newState(1).valuesWithoutCopy();
            ModuleState alone = ModuleState.of(module, "", values, 0, Integer.toString(i), 0);
            Tensor output = module.advance(inputs.get(i), alone, Recorder.NONE);
            assertThat(element(first, i)).as(where).isEqualTo(output.steps(0, 5).toArray());
            assertThat(element(rest, i))
                    .as(where)
                    .isEqualTo(output.steps(5, STEPS).toArray());
            int count = values.length;
            assertThat(Arrays.copyOfRange(state.valuesWithoutCopy(), i * count, (i + 1) * count))
                    .as(where)
                    .isEqualTo(values);
        }
    }

    private static float[] element(Tensor batch, int i) {
        int count = batch.steps() * batch.channels();
        return Arrays.copyOfRange(batch.toArray(), i * count, (i + 1) * count);
    }

    /** The way in which the operators run a network. */
    private void aChainEqualsItsModulesOneByOne() {
        if (!(module instanceof Sequential)) {
            return;
        }
        Tensor input = input();
        Trace whole = whole(input, "s");
        Tensor signal = input;
        List<float[]> states = new ArrayList<>();
        for (Map.Entry<String, Module> child : module.modules().entrySet()) {
            Module alone = NetworkFile.parse(NetworkFile.write(child.getValue()), child.getKey());
            float[] values = alone.newState(1).valuesWithoutCopy();
            ModuleState state = ModuleState.of(alone, child.getKey(), values, SEED, "s", 1000);
            signal = alone.advance(signal, state, Recorder.NONE);
            states.add(values);
        }
        assertThat(signal.toArray()).as(where).isEqualTo(whole.outputs.get(0));
        assertThat(Trace.bits(states)).as(where).isEqualTo(Trace.bits(List.of(whole.state)));
    }

    private void theNetworkFileGivesTheSameModule() {
        Module copy = NetworkFile.parse(NetworkFile.write(module), "a copy");
        assertThat(copy.toString()).isEqualTo(module.toString());
        assertThat(copy.parameters()).as(where).isEqualTo(module.parameters());
        assertThat(copy.simulationParameters()).as(where).isEqualTo(module.simulationParameters());
        Tensor input = input();
        Trace trace = Trace.empty(copy);
        advance(copy, trace, input, 0, STEPS, "s");
        assertThat(trace.bits()).as(where).isEqualTo(whole(input, "s").bits());
    }
}
