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
    /** Where the output goes, or null: into an array of its own. */
    private final OutputRoom room;

    private ModuleState(Module module, Streams streams, float[] values, int stride, int base, long pathKey) {
        this(module, streams, values, stride, base, pathKey, null);
    }

    private ModuleState(
            Module module, Streams streams, float[] values, int stride, int base, long pathKey, OutputRoom room) {
        this.room = room;
        this.module = module;
        this.streams = streams;
        this.values = values;
        this.stride = stride;
        this.base = base;
        this.pathKey = pathKey;
    }

    /** Who evolves, and how far each has come: what the noise depends on besides path and unit. */
    private record Streams(long seed, Names names, long[] nextSteps) {}

    /** Names of the streams of a batch; their keys are worked out only where there is noise. */
    private static final class Names {
        private final String[] names; // null: each stream is named by its index
        private final int count;
        private long[] keys;

        private Names(String[] names, int count) {
            this.names = names;
            this.count = count;
        }

        private long key(int stream) {
            if (keys == null) {
                keys = new long[count];
                for (int i = 0; i < count; i++) {
                    keys[i] = Noise.key(names == null ? Integer.toString(i) : names[i]);
                }
            }
            return keys[stream];
        }
    }

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
        Place place = new Place(module, path, seed);
        if (values.length != place.stride) {
            throw new RiffleException("%s: a state of %d values was given, expected %d"
                    .formatted(module.where(), values.length, place.stride));
        }
        return place.view(values, new String[] {stream}, new long[] {nextStep}, 1, null);
    }

    /** Where a module stands, from which views on the states of its streams are made: once for all of them. */
    public static final class Place {
        private final Module module;
        private final long seed;
        private final int stride;
        private final long pathKey;

        /**
         * @param path where the module stands in the whole network, empty for the network itself
         * @param seed the seed of the noise
         */
        public Place(Module module, String path, long seed) {
            module.notStreamable().ifPresent(reason -> {
                throw new RiffleException(reason);
            });
            this.module = module;
            this.seed = seed;
            this.stride = module.stateCount();
            this.pathKey = pathKey(path);
        }

        /**
         * A view on the values of a batch of streams, one stream after the other. The arrays stay the caller's, and may be
         * longer than the batch needs; until the view is done with, only the module that evolves writes to them.
         *
         * @param values at least {@code batch} times {@link StateLayout#count}; written to when the module evolves
         * @param streams the names of the streams
         * @param nextSteps the steps that come next; written to when the module evolves
         * @param room for the output, or null for an output that may be kept
         */
        public ModuleState view(float[] values, String[] streams, long[] nextSteps, int batch, OutputRoom room) {
            if (values.length < batch * stride || streams.length < batch || nextSteps.length < batch) {
                throw new RiffleException(
                        "%s: %d values, %d names and %d steps were given for a batch of %d, expected at least %d, %4$d and %4$d"
                                .formatted(
                                        module.where(),
                                        values.length,
                                        streams.length,
                                        nextSteps.length,
                                        batch,
                                        batch * stride));
            }
            Streams evolving = new Streams(seed, new Names(streams, batch), nextSteps);
            return new ModuleState(module, evolving, values, stride, 0, pathKey, room);
        }
    }

    /** The initial state of a batch; its streams are named by their index. */
    static ModuleState initial(Module module, int batch) {
        int stride = module.stateCount();
        float[] values = new float[batch * stride];
        for (int i = 0; i < batch; i++) {
            module.writeInitialState(values, i * stride);
        }
        Streams indexed = new Streams(0, new Names(null, batch), new long[batch]);
        return new ModuleState(module, indexed, values, stride, 0, pathKey(""));
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
        return of(child, null);
    }

    /**
     * The state of a sub-module whose output nobody but this module sees, and only until it goes on.
     *
     * @param lent for the output, or null for an output that may be kept
     */
    public ModuleState of(String child, OutputRoom lent) {
        Module.Part part = module.part(child);
        long key = Noise.fold(pathKey, part.nameKey());
        return new ModuleState(part.module(), streams, values, stride, base + part.offset(), key, lent);
    }

    /** The state of the sub-module whose output is this module's. */
    public ModuleState ofLast(String child) {
        return of(child, room);
    }

    /** An array of zeros for what the module gives: once in a call, and whoever called may use it again afterwards. */
    public float[] newOutput(int count) {
        return room == null ? new float[count] : room.take(count);
    }

    /** How many streams evolve side by side. */
    public int batch() {
        return streams.names.count;
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
        Streams then = new Streams(streams.seed, streams.names, nextSteps);
        return new ModuleState(module, then, values, stride, base, pathKey);
    }

    void advance(int steps) {
        for (int i = 0; i < batch(); i++) {
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
        return Noise.of(streams.seed, streams.names.key(stream), pathKey);
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
