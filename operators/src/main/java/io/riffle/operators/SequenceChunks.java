package io.riffle.operators;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.Arrival;
import io.riffle.operators.elements.RawRecord;
import io.riffle.operators.sequence.Outlet;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.operators.sequence.SequenceState;
import io.riffle.operators.sequence.Sequencer;
import io.riffle.operators.sequence.WaitingRoom;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.Notice;
import io.riffle.schemas.RejectReason;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The {@link Sequencer} as an operator: keeps where each stream is, and what waits, in keyed state, and the time for those
 * decisions that need a clock.
 */
final class SequenceChunks extends KeyedProcessFunction<String, Arrival, Admitted> implements CountsStreams {
    private static final long serialVersionUID = 1L;
    private static final ValueStateDescriptor<SequenceState> PLACE = SequenceStates.place();
    private static final MapStateDescriptor<Long, Arrival> WAITING = SequenceStates.waiting();

    private final SequenceSettings settings;
    private final double dt;
    private transient Sequencer sequencer;
    private transient ValueState<SequenceState> states;
    private transient WaitingRoom room;
    private transient Counts counts;
    private transient long openedAt;

    SequenceChunks(SequenceSettings settings, double dt) {
        this.settings = settings;
        this.dt = dt;
    }

    @Override
    public void open(OpenContext openContext) {
        sequencer = new Sequencer(settings, dt);
        states = getRuntimeContext().getState(PLACE);
        room = new KeyedWaitingRoom(getRuntimeContext().getMapState(WAITING));
        counts = new Counts(new Metrics(getRuntimeContext()));
        openedAt = System.currentTimeMillis();
    }

    @Override
    public void countStreams(KeyedStateBackend<String> backend) throws Exception {
        backend.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                PLACE,
                (stream, state) -> counts.add(state.value()));
    }

    @Override
    public void processElement(Arrival arrival, Context context, Collector<Admitted> out) throws Exception {
        SequenceState state = states.value();
        boolean stored = state != null;
        if (!stored) {
            state = SequenceState.unknown();
        }
        long expected = state.nextStep();
        int waitingChunks = state.waitingChunks();
        long waitingBytes = state.waitingBytes();
        sequencer.arrive(arrival, state, room, new Side(context, out));
        if (state.isKnown()) {
            setTimers(context, state, stored, expected);
            states.update(state);
            counts.change(stored ? 0 : 1, state.waitingChunks() - waitingChunks, state.waitingBytes() - waitingBytes);
        } else if (stored) {
            states.clear();
            counts.change(-1, -waitingChunks, -waitingBytes);
        }
    }

    private void setTimers(Context context, SequenceState state, boolean stored, long expected) {
        if (settings.timeToLive() > 0) {
            long now = context.timerService().currentProcessingTime();
            if (!stored || forgetAt(now) != forgetAt(state.seenAt)) {
                context.timerService().registerProcessingTimeTimer(forgetAt(now));
            }
            state.seenAt = now;
        }
        if (state.waitingChunks() == 0) {
            state.gapTimer = 0;
        } else if (settings.gapTimeout() > 0 && (state.gapTimer == 0 || state.nextStep() != expected)) {
            state.gapTimer = context.timerService().currentProcessingTime() + settings.gapTimeout();
            context.timerService().registerProcessingTimeTimer(state.gapTimer);
        }
    }

    /**
     * When to look whether a stream that was seen now is to be forgotten. Whether its state is used again is decided by its
     * own records; but one that sends none any more must not be kept, and only a clock can tell. So twice the time to live,
     * in which this operator was up, has to pass; and in steps of it, so that not every record sets a timer.
     */
    private long forgetAt(long now) {
        return (now / settings.timeToLive() + 3) * settings.timeToLive();
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Admitted> out) throws Exception {
        SequenceState state = states.value();
        if (state == null) {
            return;
        }
        if (settings.gapTimeout() > 0 && state.gapTimer == timestamp) {
            counts.remove(state);
            state.gapTimer = 0;
            sequencer.giveUpWaiting(state, room, new Side(context, out));
            if (state.waitingChunks() > 0) {
                state.gapTimer = timestamp + settings.gapTimeout();
                context.timerService().registerProcessingTimeTimer(state.gapTimer);
            }
            states.update(state);
            counts.add(state);
        } else if (settings.timeToLive() > 0) {
            long quietSince = Math.max(state.seenAt, openedAt);
            if (timestamp - quietSince >= 2 * settings.timeToLive()) {
                forget(state, context, out);
            } else if (quietSince == openedAt) {
                context.timerService().registerProcessingTimeTimer(forgetAt(openedAt));
            }
        }
    }

    private void forget(SequenceState state, OnTimerContext context, Collector<Admitted> out) throws Exception {
        counts.remove(state);
        String stream = context.getCurrentKey();
        long run = state.run();
        long step = state.nextStep();
        sequencer.forget(stream, state, room, new Side(context, out));
        states.clear();
        Chunk nothing = new Chunk(stream, run, step, 0, 1, new float[0]);
        RawRecord none = new RawRecord("", -1, -1, 0, null, null);
        out.collect(new Admitted(nothing, 0, Admitted.Kind.FORGET, false, none));
    }

    /** The waiting room in keyed state. */
    private record KeyedWaitingRoom(MapState<Long, Arrival> arrivals) implements WaitingRoom {
        @Override
        public void put(long firstStep, Arrival arrival) throws Exception {
            arrivals.put(firstStep, arrival);
        }

        @Override
        public Arrival get(long firstStep) throws Exception {
            return arrivals.get(firstStep);
        }

        @Override
        public void remove(long firstStep) throws Exception {
            arrivals.remove(firstStep);
        }
    }

    /** Where the decisions go. */
    private final class Side implements Outlet {
        private final Context context;
        private final Collector<Admitted> out;

        private Side(Context context, Collector<Admitted> out) {
            this.context = context;
            this.out = out;
        }

        @Override
        public void admit(Admitted chunk) {
            counts.chunks.inc();
            counts.steps.inc(chunk.chunk().steps());
            out.collect(chunk);
        }

        @Override
        public void reject(RawRecord record, String stream, RejectReason reason, String message) {
            counts.metrics.rejected(reason);
            context.output(StreamingNetwork.REJECTED, Outbound.rejected(record, stream, reason, message));
        }

        @Override
        public void notice(Notice notice, long timestamp) {
            counts.metrics.notice(notice.kind());
            if (notice.kind().isGap()) {
                counts.gaps.inc();
                counts.gapSteps.inc(notice.steps());
            }
            context.output(StreamingNetwork.NOTICES, Outbound.notice(notice, timestamp));
        }
    }

    /** What is shown of it. Written by the operator's thread, read by Flink's. */
    private static final class Counts {
        private final Metrics metrics;
        private final Counter chunks;
        private final Counter steps;
        private final Counter gaps;
        private final Counter gapSteps;
        private volatile long streams;
        private volatile long waitingChunks;
        private volatile long waitingBytes;

        private Counts(Metrics metrics) {
            this.metrics = metrics;
            chunks = metrics.counter("chunks");
            steps = metrics.counter("steps");
            gaps = metrics.counter("gaps");
            gapSteps = metrics.counter("gap_steps");
            metrics.gauge("streams", () -> streams);
            metrics.gauge("waiting_chunks", () -> waitingChunks);
            metrics.gauge("waiting_bytes", () -> waitingBytes);
        }

        private void add(SequenceState state) {
            change(1, state.waitingChunks(), state.waitingBytes());
        }

        private void remove(SequenceState state) {
            change(-1, -state.waitingChunks(), -state.waitingBytes());
        }

        /** Most records change nothing, and what is volatile takes time to write. */
        private void change(int moreStreams, int moreChunks, long moreBytes) {
            if (moreStreams != 0) {
                streams += moreStreams;
            }
            if (moreChunks != 0) {
                waitingChunks += moreChunks;
            }
            if (moreBytes != 0) {
                waitingBytes += moreBytes;
            }
        }
    }
}
