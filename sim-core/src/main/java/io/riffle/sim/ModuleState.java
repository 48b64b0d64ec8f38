package io.riffle.sim;

import io.riffle.sim.kernels.Noise;

/**
 * The values of a module's {@link State}s, and of its sub-modules', for a batch of streams. Mutable, with one owner: the
 * module that evolves.
 *
 * <p>The values of one stream lie side by side in one array (see {@link StateLayout}), a batch is one stream after the
 * other. So a stream's state can be stored, copied and moved as one array.
 */
public final class ModuleState {
    private final Module module;
    private final Streams streams;
    private final float[] values;
    private final int stride;
    private final int base;
    private final long pathKey;

    private ModuleState(Module module, Streams streams, float[] values, int stride, int base, long pathKey) {
        this.module = module;
        this.streams = streams;
        this.values = values;
        this.stride = stride;
        this.base = base;
        this.pathKey = pathKey;
    }

    /** Who evolves, and how far each has come: what the noise depends on besides path and unit. */
    private record Streams(long seed, long[] keys, long[] nextSteps) {}

    /**
     * A view on one stream's values, which the caller keeps.
     *
     * @param path where the module stands in the whole network, empty for the network itself
     * @param values as long as {@link StateLayout#count}; written to when the module evolves
     * @param seed the seed of the noise
     * @param stream the name of the stream
     * @param nextStep the step that comes next
     */
    public static ModuleState of(Module module, String path, float[] values, long seed, String stream, long nextStep) {
        module.notStreamable().ifPresent(reason -> {
            throw new RiffleException(reason);
        });
        int expected = module.stateCount();
        if (values.length != expected) {
            throw new RiffleException("%s: a state of %d values was given, expected %d"
                    .formatted(module.where(), values.length, expected));
        }
        Streams one = new Streams(seed, new long[] {Noise.key(stream)}, new long[] {nextStep});
        return new ModuleState(module, one, values, expected, 0, pathKey(path));
    }

    /** The initial state of a batch; its streams are named by their index. */
    static ModuleState initial(Module module, int batch) {
        int stride = module.stateCount();
        float[] values = new float[batch * stride];
        long[] keys = new long[batch];
        for (int i = 0; i < batch; i++) {
            keys[i] = Noise.key(Integer.toString(i));
            module.writeInitialState(values, i * stride);
        }
        return new ModuleState(module, new Streams(0, keys, new long[batch]), values, stride, 0, pathKey(""));
    }

    private static long pathKey(String path) {
        long key = 0;
        for (String name : path.isEmpty() ? new String[0] : path.split("\\.")) {
            key = Noise.fold(key, Noise.key(name));
        }
        return key;
    }

    /** A copy: for a batch of the same size, or of one stream's state for each stream of a batch. */
    ModuleState copy(int batch) {
        ModuleState copy = initial(module, batch);
        for (int i = 0; i < batch; i++) {
            int from = batch() == 1 ? 0 : i;
            System.arraycopy(values, from * stride, copy.values, i * stride, stride);
            copy.streams.nextSteps[i] = streams.nextSteps[from];
        }
        return copy;
    }

    /** The state of a sub-module. */
    public ModuleState of(String child) {
        Module.Part part = module.part(child);
        long key = Noise.fold(pathKey, part.nameKey());
        return new ModuleState(part.module(), streams, values, stride, base + part.offset(), key);
    }

    /** How many streams evolve side by side. */
    public int batch() {
        return streams.keys.length;
    }

    /** The step that comes next for one stream of the batch. */
    public long nextStep(int stream) {
        return streams.nextSteps[stream];
    }

    /** The same values, seen from so many steps later: for modules that evolve others step by step within a call. */
    public ModuleState later(int steps) {
        long[] nextSteps = streams.nextSteps.clone();
        for (int i = 0; i < nextSteps.length; i++) {
            nextSteps[i] += steps;
        }
        Streams then = new Streams(streams.seed, streams.keys, nextSteps);
        return new ModuleState(module, then, values, stride, base, pathKey);
    }

    void advance(int steps) {
        for (int i = 0; i < streams.nextSteps.length; i++) {
            streams.nextSteps[i] += steps;
        }
    }

    /** A copy of one state's values for one stream of the batch, row-major. */
    public float[] read(State state, int stream) {
        float[] copy = new float[state.shape().count()];
        System.arraycopy(values, offset(state, stream), copy, 0, copy.length);
        return copy;
    }

    /** Replaces one state's values for one stream of the batch. */
    public void write(State state, int stream, float[] next) {
        System.arraycopy(next, 0, values, offset(state, stream), state.shape().count());
    }

    /** All values, for kernels that work in place: see {@link #offset}. */
    public float[] valuesWithoutCopy() {
        return values;
    }

    /** Where the values of this module start for one stream of the batch. */
    int start(int stream) {
        return stream * stride + base;
    }

    /** Where the values of one state start for one stream of the batch. */
    public int offset(State state, int stream) {
        return start(stream) + state.offset();
    }

    /** The noise of one stream of the batch in this module. */
    public Noise noise(int stream) {
        return Noise.of(streams.seed, streams.keys[stream], pathKey);
    }

    /** One state's values: its own shape for a single stream, with the batch in front for several. */
    Tensor tensor(State state) {
        int count = state.shape().count();
        float[] copy = new float[batch() * count];
        for (int i = 0; i < batch(); i++) {
            System.arraycopy(values, offset(state, i), copy, i * count, count);
        }
        return Tensor.wrap(copy, batch() == 1 ? state.shape() : state.shape().within(batch()));
    }

    /** Sets one state for every stream (its own shape) or for each (with the batch in front). */
    void set(State state, Tensor next) {
        int count = state.shape().count();
        boolean forEach = next.shape().rank() > state.shape().rank();
        for (int i = 0; i < batch(); i++) {
            System.arraycopy(next.arrayWithoutCopy(), forEach ? i * count : 0, values, offset(state, i), count);
        }
    }
}
