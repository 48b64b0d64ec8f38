package io.riffle.operators;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.RecordedChunk;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.RejectReason;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.StateLayout;
import io.riffle.sim.Tensor;
import io.riffle.sim.network.NetworkFile;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A module as an operator: takes a stream's state, evolves a chunk, puts the state back.
 *
 * <p>A chunk at which the module fails, or its state or output stops being finite, is rejected; the state stays as it was
 * before, and the stream is quarantined: what comes of it is rejected here until it starts anew.
 */
final class EvolveModule extends KeyedProcessFunction<String, Admitted, Admitted> implements CountsStreams {
    private static final long serialVersionUID = 1L;

    private final ModuleStage stage;
    private final long seed;
    private transient Module module;
    private transient StateLayout layout;
    private transient Set<String> recorded;
    private transient ValueStateDescriptor<StreamState> descriptor;
    private transient ValueState<StreamState> states;
    private transient float[] before;
    private transient Counts counts;

    EvolveModule(ModuleStage stage, long seed) {
        this.stage = stage;
        this.seed = seed;
    }

    @Override
    public void open(OpenContext openContext) {
        module = NetworkFile.parse(stage.network(), "operator " + stage.name());
        layout = module.stateLayout(stage.path());
        recorded = insideModule();
        descriptor = stage.states(module).descriptor();
        states = getRuntimeContext().getState(descriptor);
        before = new float[layout.count()];
        boolean spiking = module.recordable().has("spikes");
        counts = new Counts(new Metrics(getRuntimeContext()), spiking, StreamStateSerializer.bytes(layout));
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

    @Override
    public void countStreams(KeyedStateBackend<String> backend) {
        try (var streams = backend.getKeys(descriptor.getName(), VoidNamespace.INSTANCE)) {
            counts.streams = streams.count();
        }
    }

    @Override
    public void processElement(Admitted admitted, Context context, Collector<Admitted> out) throws Exception {
        Chunk chunk = admitted.chunk();
        StreamState stored = states.value();
        boolean forgotten = admitted.fresh() || admitted.kind() == Admitted.Kind.FORGET;
        if (stored != null && forgotten) {
            states.clear();
            counts.streams -= 1;
            stored = null;
        }
        if (stored != null && stored.quarantined) {
            rejectQuarantined(admitted, context);
        } else if (chunk.isHeartbeat()) {
            out.collect(admitted.with(chunk.withValues(module.sizeOut(), chunk.values())));
        } else {
            evolve(admitted, stored, context, out);
        }
    }

    private void rejectQuarantined(Admitted admitted, Context context) {
        boolean sent =
                admitted.kind() == Admitted.Kind.SENT && !admitted.chunk().isHeartbeat();
        if (sent) {
            String message = "module %s: stream '%s' is quarantined; expected a new run (riffle.run above %d)"
                    .formatted(stage.name(), admitted.stream(), admitted.chunk().run());
            reject(admitted, RejectReason.QUARANTINED, message, context);
        }
    }

    private void reject(Admitted admitted, RejectReason reason, String message, Context context) {
        counts.metrics.rejected(reason);
        context.output(
                StreamingNetwork.REJECTED, Outbound.rejected(admitted.record(), admitted.stream(), reason, message));
    }

    private void evolve(Admitted admitted, StreamState stored, Context context, Collector<Admitted> out)
            throws Exception {
        Chunk chunk = admitted.chunk();
        StreamState state = stored;
        if (state == null) {
            counts.streams += 1;
            state = new StreamState(chunk.firstStep(), module.newState(1).valuesWithoutCopy());
        } else if (state.nextStep != chunk.firstStep()) {
            throw new IllegalStateException("operator %s has the state of stream '%s' before step %d, but got %s"
                    .formatted(stage.name(), chunk.stream(), state.nextStep, chunk));
        }
        System.arraycopy(state.values, 0, before, 0, before.length);
        Recorder recorder = Recorder.only(recorded);
        long start = System.nanoTime();
        Tensor output;
        try {
            output = advance(chunk, state, recorder);
        } catch (RuntimeException failed) {
            String message = "module %s failed at steps %d to %d of stream '%s': %s"
                    .formatted(stage.name(), chunk.firstStep(), chunk.endStep() - 1, chunk.stream(), failed);
            quarantine(admitted, state, RejectReason.MODULE_FAILED, message, context);
            return;
        }
        counts.evolveNanoseconds.inc(System.nanoTime() - start);
        String diverged = Divergence.find(layout, before, state.values, output);
        if (diverged != null) {
            String message = "module %s: %s in steps %d to %d of stream '%s', expected finite values"
                    .formatted(stage.name(), diverged, chunk.firstStep(), chunk.endStep() - 1, chunk.stream());
            quarantine(admitted, state, RejectReason.DIVERGED, message, context);
            return;
        }
        state.nextStep = chunk.endStep();
        states.update(state);
        counts.evolved(chunk, output);
        emit(admitted, output, recorder, context, out);
    }

    private Tensor advance(Chunk chunk, StreamState state, Recorder recorder) {
        Tensor input = Tensor.wrap(chunk.values(), 1, chunk.steps(), chunk.channels());
        ModuleState view = ModuleState.of(module, stage.path(), state.values, seed, chunk.stream(), state.nextStep);
        return module.advance(input, view, recorder);
    }

    private void quarantine(Admitted admitted, StreamState state, RejectReason reason, String message, Context context)
            throws Exception {
        System.arraycopy(before, 0, state.values, 0, before.length);
        state.quarantined = true;
        states.update(state);
        reject(admitted, reason, message + "; the stream is quarantined", context);
    }

    private void emit(Admitted admitted, Tensor output, Recorder recorder, Context context, Collector<Admitted> out) {
        Chunk evolved = following(admitted.chunk(), output);
        if (!recorded.isEmpty()) {
            recorder.tree()
                    .forEachLeaf((path, value) -> record(
                            stage.prefix() + path, following(admitted.chunk(), (Tensor) value), admitted, context));
        }
        if (!stage.outputPath().isEmpty()) {
            record(stage.outputPath(), evolved, admitted, context);
        }
        out.collect(admitted.with(evolved));
    }

    private static void record(String path, Chunk values, Admitted admitted, Context context) {
        context.output(StreamingNetwork.RECORDED, new RecordedChunk(path, values, admitted.timestamp()));
    }

    /** A chunk of the same steps with other values, (1, T, ..) with all that makes up one step as its channels. */
    private static Chunk following(Chunk chunk, Tensor values) {
        int channels = 1;
        for (int dimension = 2; dimension < values.shape().rank(); dimension++) {
            channels *= values.shape().size(dimension);
        }
        return chunk.withValues(channels, values.arrayWithoutCopy());
    }

    /** What is shown of it. Written by the operator's thread, read by Flink's. */
    private static final class Counts {
        private final Metrics metrics;
        private final Counter chunks;
        private final Counter steps;
        private final Counter evolveNanoseconds;
        private final Counter spikes;
        private volatile long streams;

        private Counts(Metrics metrics, boolean spiking, int bytesOfStream) {
            this.metrics = metrics;
            chunks = metrics.counter("chunks");
            steps = metrics.counter("steps");
            evolveNanoseconds = metrics.counter("evolve_nanoseconds");
            spikes = spiking ? metrics.counter("spikes") : null;
            metrics.gauge("streams", () -> streams);
            metrics.gauge("state_bytes", () -> streams * bytesOfStream);
        }

        private void evolved(Chunk chunk, Tensor output) {
            chunks.inc();
            steps.inc(chunk.steps());
            if (spikes != null) {
                double sum = 0; // a neuron may fire several times in a step
                for (float value : output.arrayWithoutCopy()) {
                    sum += value;
                }
                spikes.inc((long) sum);
            }
        }
    }
}
