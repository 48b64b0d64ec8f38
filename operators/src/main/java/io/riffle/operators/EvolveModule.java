package io.riffle.operators;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.RecordedChunk;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.RejectReason;
import io.riffle.sim.Module;
import io.riffle.sim.kernels.Kernels;
import io.riffle.sim.network.NetworkFile;
import java.util.List;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.MailboxExecutor.MailOptions;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * A module as an operator: takes a stream's state, evolves a chunk, puts the state back.
 *
 * <p>A chunk at which the module fails, or its state or output stops being finite, is rejected; the state stays as it was
 * before, and the stream is quarantined: what comes of it is rejected here until it starts anew.
 *
 * <p>With a {@link Batching} of more than one chunk, chunks are held back while others wait behind them, to be evolved
 * together; not for any time: as soon as the input is empty they go on, and before a stream's next chunk, a checkpoint
 * or a watermark. Each stream's records stay in their order.
 */
final class EvolveModule extends AbstractStreamOperator<Admitted>
        implements OneInputStreamOperator<Admitted, Admitted>, BoundedOneInput {
    private static final long serialVersionUID = 1L;

    private final ModuleStage stage;
    private final long seed;
    private final Batching batching;
    private transient float[] initial;
    private transient ValueState<StreamState> states;
    private transient Evolver evolver;
    private transient ModuleCounts counts;
    private transient StreamRecord<Admitted> emitted;
    private transient boolean bundles;
    private transient Bundle bundle;
    private transient MailboxExecutor mailbox;
    private transient boolean watching;
    private transient long watchedAt;

    EvolveModule(ModuleStage stage, long seed, Batching batching) {
        this.stage = stage;
        this.seed = seed;
        this.batching = batching;
    }

    @Override
    public void setMailboxExecutor(MailboxExecutor mailboxExecutor) {
        super.setMailboxExecutor(mailboxExecutor);
        mailbox = mailboxExecutor;
    }

    @Override
    public void open() throws Exception {
        super.open();
        Module module = NetworkFile.parse(stage.network(), "operator " + stage.name());
        LOG.info("module {} computes with {}", stage.name(), Kernels.description());
        int mostChunks = batching.mostChunks(module);
        bundles = mostChunks > 1;
        bundle = new Bundle(mostChunks, Math.max(module.sizeIn(), module.sizeOut()));
        emitted = new StreamRecord<>(null);
        ValueStateDescriptor<StreamState> descriptor = stage.states(module).descriptor();
        initial = module.newState(1).valuesWithoutCopy();
        states = getRuntimeContext().getState(descriptor);
        evolver = new Evolver(stage, module, seed, mostChunks);
        counts = new ModuleCounts(
                new Metrics(getRuntimeContext()),
                module.recordable().has("spikes"),
                StreamStateSerializer.bytes(module.stateLayout(stage.path())));
        try (var streams = getKeyedStateBackend().getKeys(descriptor.getName(), VoidNamespace.INSTANCE)) {
            counts.streams(streams.count());
        }
    }

    @Override
    public void processElement(StreamRecord<Admitted> record) throws Exception {
        if (bundle.holds(record.getValue().stream())) {
            evolveBundle();
        }
        bundle.add(record);
        if (bundle.isFull()) {
            evolveBundle();
        } else if (!watching) {
            watching = true;
            watchedAt = bundle.added() - 1;
            watch();
        }
    }

    /** Looks again behind the records that come next. */
    private void watch() {
        mailbox.execute(MailOptions.deferrable(), this::look, "bundle of %s", stage.name());
    }

    /** Mails are read between any two records: if none came since the last one was read, there is none. */
    private void look() throws Exception {
        if (bundle.added() != watchedAt) {
            watchedAt = bundle.added();
            watch();
        } else {
            watching = false;
            evolveBundle();
        }
    }

    private void evolveBundle() throws Exception {
        if (bundle.isEmpty()) {
            return;
        }
        List<Turn> turns = bundle.turns();
        for (int i = 0; i < turns.size(); i++) {
            begin(turns.get(i));
        }
        evolver.evolve(turns);
        counts.nanoseconds(evolver.nanoseconds());
        for (int i = 0; i < turns.size(); i++) {
            end(turns.get(i));
        }
        bundle.clear();
    }

    private void use(Turn turn) {
        if (bundles) { // else it is the key of the record that is being processed
            setCurrentKey(turn.admitted.stream());
        }
    }

    private void begin(Turn turn) throws Exception {
        use(turn);
        Admitted admitted = turn.admitted;
        Chunk chunk = admitted.chunk();
        StreamState stored = states.value();
        boolean forgotten = admitted.fresh() || admitted.kind() == Admitted.Kind.FORGET;
        if (stored != null && forgotten) {
            states.clear();
            counts.streamEnds();
            stored = null;
        }
        if (stored != null && stored.quarantined) {
            rejectQuarantined(turn);
        } else if (chunk.isHeartbeat()) {
            turn.output = admitted.with(chunk.withValues(evolver.sizeOut(), chunk.values()));
        } else if (stored == null) {
            counts.streamBegins();
            turn.state = new StreamState(chunk.firstStep(), initial.clone());
        } else if (stored.nextStep == chunk.firstStep()) {
            turn.state = stored;
        } else {
            throw new IllegalStateException("operator %s has the state of stream '%s' before step %d, but got %s"
                    .formatted(stage.name(), chunk.stream(), stored.nextStep, chunk));
        }
    }

    private void rejectQuarantined(Turn turn) {
        Chunk chunk = turn.chunk();
        if (turn.admitted.kind() == Admitted.Kind.SENT && !chunk.isHeartbeat()) {
            turn.reject(
                    RejectReason.QUARANTINED,
                    "module %s: stream '%s' is quarantined; expected a new run (riffle.run above %d)"
                            .formatted(stage.name(), chunk.stream(), chunk.run()));
        }
    }

    private void end(Turn turn) throws Exception {
        if (turn.state != null) {
            use(turn);
            states.update(turn.state);
        }
        if (turn.reason != null) {
            counts.metrics.rejected(turn.reason);
            Admitted admitted = turn.admitted;
            output.collect(
                    StreamingNetwork.REJECTED,
                    turn.timed(new StreamRecord<>(
                            Outbound.rejected(admitted.record(), admitted.stream(), turn.reason, turn.message))));
        } else if (turn.state != null) {
            counts.evolved(turn);
        }
        for (RecordedChunk recorded : turn.recorded) {
            output.collect(StreamingNetwork.RECORDED, turn.timed(new StreamRecord<>(recorded)));
        }
        if (turn.output != null) {
            output.collect(turn.timed(emitted.replace(turn.output)));
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        evolveBundle();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        evolveBundle();
        super.processWatermark(mark);
    }

    @Override
    public void endInput() throws Exception {
        evolveBundle();
    }

    @Override
    public void finish() throws Exception {
        evolveBundle();
        super.finish();
    }
}
