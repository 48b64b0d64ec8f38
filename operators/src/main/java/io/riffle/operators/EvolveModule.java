package io.riffle.operators;

import io.riffle.schemas.Chunk;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Tensor;
import io.riffle.sim.network.NetworkFile;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** A module as an operator: takes a stream's state, evolves a chunk, puts the state back. */
final class EvolveModule extends KeyedProcessFunction<String, Chunk, Chunk> {
    private static final long serialVersionUID = 1L;

    private final ModuleStage stage;
    private final long seed;
    private transient Module module;
    private transient Set<String> recorded;
    private transient ValueState<StreamState> states;

    EvolveModule(ModuleStage stage, long seed) {
        this.stage = stage;
        this.seed = seed;
    }

    @Override
    public void open(OpenContext openContext) {
        module = NetworkFile.parse(stage.network(), "operator " + stage.name());
        recorded = insideModule();
        states = getRuntimeContext().getState(stage.states(module).descriptor());
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
    public void processElement(Chunk chunk, Context context, Collector<Chunk> out) throws Exception {
        StreamState state = states.value();
        if (state == null) {
            state = new StreamState(chunk.firstStep(), module.newState(1).valuesWithoutCopy());
        } else if (state.nextStep != chunk.firstStep()) {
            throw new IllegalStateException("operator %s has the state of stream '%s' before step %d, but got %s"
                    .formatted(stage.name(), chunk.stream(), state.nextStep, chunk));
        }
        Recorder recorder = Recorder.only(recorded);
        Tensor input = Tensor.wrap(chunk.values(), 1, chunk.steps(), chunk.channels());
        Tensor output = module.advance(
                input,
                ModuleState.of(module, stage.path(), state.values, seed, chunk.stream(), state.nextStep),
                recorder);
        state.nextStep = chunk.endStep();
        states.update(state);

        Chunk evolved = following(chunk, output);
        if (!recorded.isEmpty()) {
            recorder.tree().forEachLeaf((path, value) -> record(stage.prefix() + path, chunk, (Tensor) value, context));
        }
        if (!stage.outputPath().isEmpty()) {
            context.output(StreamingNetwork.RECORDED, new RecordedChunk(stage.outputPath(), evolved));
        }
        out.collect(evolved);
    }

    private static void record(String path, Chunk chunk, Tensor value, Context context) {
        context.output(StreamingNetwork.RECORDED, new RecordedChunk(path, following(chunk, value)));
    }

    /** A chunk of the same steps with other values, (1, T, ..) with all that makes up one step as its channels. */
    private static Chunk following(Chunk chunk, Tensor values) {
        int channels = 1;
        for (int dimension = 2; dimension < values.shape().rank(); dimension++) {
            channels *= values.shape().size(dimension);
        }
        return new Chunk(chunk.stream(), chunk.firstStep(), chunk.steps(), channels, values.arrayWithoutCopy());
    }
}
