package io.riffle.operators;

import io.riffle.operators.elements.RecordedChunk;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.Finite;
import io.riffle.schemas.RejectReason;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.OutputRoom;
import io.riffle.sim.Recorder;
import io.riffle.sim.Shape;
import io.riffle.sim.StateLayout;
import io.riffle.sim.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Evolves chunks with the states of their streams. What becomes of a chunk does not depend on the ones beside it: those
 * of the same number of steps are evolved in one call, on a copy of their states; a state is written only once its own
 * stream has evolved well, and if the call fails, each is evolved alone.
 */
final class Evolver {
    private final ModuleStage stage;
    private final Module module;
    private final StateLayout layout;
    private final int count;
    private final Set<String> recorded;
    private final ModuleState.Place place;
    /** Null where an output is kept until others have evolved, or goes to the records as well. */
    private final OutputRoom room;

    // For a batch; what belongs to one stream lies behind what belongs to the stream before it.
    private final String[] streams;
    private final long[] nextSteps;
    private final Turn[] batch;
    private float[] states;
    private float[] inputs = new float[0];
    private Shape shape = Shape.SCALAR;
    private long nanoseconds;

    Evolver(ModuleStage stage, Module module, long seed, int mostChunks) {
        this.stage = stage;
        this.module = module;
        layout = module.stateLayout(stage.path());
        count = layout.count();
        recorded = insideModule();
        place = new ModuleState.Place(module, stage.path(), seed);
        room = mostChunks > 1 || stage.records() ? null : new OutputRoom();
        streams = new String[mostChunks];
        nextSteps = new long[mostChunks];
        batch = new Turn[mostChunks];
        states = new float[count];
    }

    /** The paths to record as the module itself names them; the module's own path means all that it has. */
    private Set<String> insideModule() {
        Set<String> inside = new HashSet<>();
        for (String path : stage.recordPaths()) {
            if (path.equals(stage.path())) {
                inside.addAll(module.recordable().paths());
            } else {
                inside.add(path.substring(stage.prefix().length()));
            }
        }
        return Set.copyOf(inside);
    }

    int sizeOut() {
        return module.sizeOut();
    }

    /** How long the module took so far. */
    long nanoseconds() {
        return nanoseconds;
    }

    /** Evolves those turns that have a state to evolve: each then has an output, or a reason why not. */
    void evolve(List<Turn> turns) {
        for (int first = 0; first < turns.size(); first++) {
            if (isLeft(turns.get(first))) {
                int steps = turns.get(first).chunk().steps();
                int size = 0;
                for (int i = first; i < turns.size(); i++) {
                    if (isLeft(turns.get(i)) && turns.get(i).chunk().steps() == steps) {
                        batch[size++] = turns.get(i);
                    }
                }
                evolve(0, size);
                Arrays.fill(batch, 0, size, null);
            }
        }
    }

    private static boolean isLeft(Turn turn) {
        return turn.state != null && turn.output == null && turn.reason == null;
    }

    private void evolve(int from, int size) {
        Recorder recorder = Recorder.only(recorded);
        Tensor output;
        try {
            output = advance(from, size, recorder);
        } catch (RuntimeException failed) {
            if (size == 1) {
                fail(batch[from], failed);
                return;
            }
            for (int i = 0; i < size; i++) {
                evolve(from + i, 1); // one of them fails, and not because of the others
            }
            return;
        }
        for (int i = 0; i < size; i++) {
            settle(batch[from + i], i, size, output, recorder);
        }
    }

    private Tensor advance(int from, int size, Recorder recorder) {
        if (states.length < size * count) {
            states = new float[size * count];
        }
        for (int i = 0; i < size; i++) {
            Turn turn = batch[from + i];
            streams[i] = turn.admitted.stream();
            nextSteps[i] = turn.state.nextStep;
            System.arraycopy(turn.state.values, 0, states, i * count, count);
        }
        Tensor input = input(from, size);
        long start = System.nanoTime();
        OutputRoom lent = room == null ? null : room.before(input);
        Tensor output = module.advance(input, place.view(states, streams, nextSteps, size, lent), recorder);
        nanoseconds += System.nanoTime() - start;
        return output;
    }

    private Tensor input(int from, int size) {
        Chunk first = batch[from].chunk();
        if (shape.rank() != 3
                || shape.size(0) != size
                || shape.size(1) != first.steps()
                || shape.size(2) != first.channels()) {
            shape = Shape.of(size, first.steps(), first.channels());
        }
        if (size == 1) {
            return Tensor.wrap(first.values(), shape);
        }
        int length = first.values().length;
        if (inputs.length != size * length) {
            inputs = new float[size * length];
        }
        for (int i = 0; i < size; i++) {
            System.arraycopy(batch[from + i].chunk().values(), 0, inputs, i * length, length);
        }
        return Tensor.wrap(inputs, shape);
    }

    /** Takes over what stream {@code index} of a batch has become. */
    private void settle(Turn turn, int index, int size, Tensor output, Recorder recorder) {
        float[] values = output.arrayWithoutCopy();
        int length = values.length / size;
        int from = index * length;
        turn.sum = Finite.sum(values, from, from + length);
        double sumOfState = Finite.sum(states, index * count, (index + 1) * count);
        if (!Double.isFinite(turn.sum + sumOfState)) {
            String diverged =
                    Divergence.find(layout, turn.state.values, states, index * count, values, from, from + length);
            if (diverged != null) {
                diverge(turn, diverged);
                return;
            }
        }
        System.arraycopy(states, index * count, turn.state.values, 0, count);
        turn.state.nextStep = turn.chunk().endStep();
        Chunk evolved = part(turn.chunk(), output, index, size);
        turn.output = turn.admitted.with(evolved);
        if (!recorded.isEmpty()) {
            recorder.tree()
                    .forEachLeaf((path, value) ->
                            record(turn, stage.prefix() + path, part(turn.chunk(), (Tensor) value, index, size)));
        }
        if (!stage.outputPath().isEmpty()) {
            record(turn, stage.outputPath(), evolved);
        }
    }

    private static void record(Turn turn, String path, Chunk values) {
        turn.recorded.add(new RecordedChunk(path, values, turn.admitted.timestamp()));
    }

    /** One stream's part of a batch (B, T, ..), with all that makes up one step as its channels. */
    private static Chunk part(Chunk chunk, Tensor batch, int index, int size) {
        int channels = 1;
        for (int dimension = 2; dimension < batch.shape().rank(); dimension++) {
            channels *= batch.shape().size(dimension);
        }
        float[] values = batch.arrayWithoutCopy();
        int length = values.length / size;
        return chunk.withValues(
                channels, size == 1 ? values : Arrays.copyOfRange(values, index * length, (index + 1) * length));
    }

    private void fail(Turn turn, RuntimeException failed) {
        Chunk chunk = turn.chunk();
        String message = "module %s failed at steps %d to %d of stream '%s': %s"
                .formatted(stage.name(), chunk.firstStep(), chunk.endStep() - 1, chunk.stream(), failed);
        quarantine(turn, RejectReason.MODULE_FAILED, message);
    }

    private void diverge(Turn turn, String diverged) {
        Chunk chunk = turn.chunk();
        String message = "module %s: %s in steps %d to %d of stream '%s', expected finite values"
                .formatted(stage.name(), diverged, chunk.firstStep(), chunk.endStep() - 1, chunk.stream());
        quarantine(turn, RejectReason.DIVERGED, message);
    }

    private static void quarantine(Turn turn, RejectReason reason, String message) {
        turn.state.quarantined = true;
        turn.reject(reason, message + "; the stream is quarantined");
    }
}
