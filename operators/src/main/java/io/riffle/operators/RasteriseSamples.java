package io.riffle.operators;

import io.riffle.operators.elements.Arrival;
import io.riffle.operators.elements.RawRecord;
import io.riffle.operators.raster.RasterOutlet;
import io.riffle.operators.raster.RasterSettings;
import io.riffle.operators.raster.RasterState;
import io.riffle.operators.raster.RasterStateSerializer;
import io.riffle.operators.raster.Rasteriser;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Samples;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The {@link Rasteriser} as an operator: keeps the samples of each stream in keyed state. Chunks pass it unchanged. */
final class RasteriseSamples extends KeyedProcessFunction<String, Arrival, Arrival> implements CountsStreams {
    private static final long serialVersionUID = 1L;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RasterSettings settings;
    private final int channels;
    private final double dt;
    private final ValueStateDescriptor<RasterState> samples;
    private transient Rasteriser rasteriser;
    private transient ValueState<RasterState> states;
    private transient Counts counts;
    private transient long openedAt;

    /** @throws io.riffle.sim.RiffleException if the settings do not go with the length of a step */
    RasteriseSamples(RasterSettings settings, int channels, double dt) {
        new Rasteriser(settings, dt); // now, and not only where it runs
        this.settings = settings;
        this.channels = channels;
        this.dt = dt;
        samples =
                new ValueStateDescriptor<>("samples", new RasterStateSerializer(channels, Rasteriser.nanoseconds(dt)));
    }

    @Override
    public void open(OpenContext openContext) {
        rasteriser = new Rasteriser(settings, dt);
        states = getRuntimeContext().getState(samples);
        counts = new Counts(new Metrics(getRuntimeContext()));
        openedAt = System.currentTimeMillis();
    }

    @Override
    public void countStreams(KeyedStateBackend<String> backend) throws Exception {
        backend.applyToAllKeys(
                VoidNamespace.INSTANCE,
                VoidNamespaceSerializer.INSTANCE,
                samples,
                (stream, state) -> counts.add(state.value()));
    }

    @Override
    public void processElement(Arrival arrival, Context context, Collector<Arrival> out) throws Exception {
        if (!(arrival.payload() instanceof Samples record)) {
            out.collect(arrival);
            return;
        }
        RasterState state = states.value();
        boolean stored = state != null;
        if (stored) {
            counts.remove(state);
        } else {
            state = RasterState.unknown(channels);
        }
        counts.samples.inc(record.size());
        rasteriser.arrive(record, arrival.record().timestamp(), state, new Side(arrival.record(), context, out));
        if (state.isKnown()) {
            setTimer(context, state, stored);
            states.update(state);
            counts.add(state);
        } else if (stored) {
            states.clear();
        }
    }

    private void setTimer(Context context, RasterState state, boolean stored) {
        if (settings.timeToLive() > 0) {
            long now = context.timerService().currentProcessingTime();
            if (!stored || forgetAt(now) != forgetAt(state.seenAt)) {
                context.timerService().registerProcessingTimeTimer(forgetAt(now));
            }
            state.seenAt = now;
        }
    }

    /**
     * When to look whether a stream that was seen now is to be forgotten, as {@link SequenceChunks} does it, but before it
     * does: the last steps of the stream still find there the state that they go on with.
     */
    private long forgetAt(long now) {
        return (now / settings.timeToLive() + 2) * settings.timeToLive() - 1;
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Arrival> out) throws Exception {
        RasterState state = states.value();
        if (state == null) {
            return;
        }
        long quietSince = Math.max(state.seenAt, openedAt);
        if (timestamp - quietSince >= settings.timeToLive() - 1) {
            counts.remove(state);
            String stream = context.getCurrentKey();
            // No record shows it, but that none came; so what is made of the last ones has no place in a topic.
            RawRecord none =
                    new RawRecord("", -1, -1, state.lastTimestamp(), stream.getBytes(StandardCharsets.UTF_8), null);
            rasteriser.forget(stream, state, new Side(none, context, out));
            states.clear();
        } else if (quietSince == openedAt) {
            context.timerService().registerProcessingTimeTimer(forgetAt(openedAt));
        }
    }

    /** Where the steps go. */
    private final class Side implements RasterOutlet {
        private final RawRecord record;
        private final Context context;
        private final Collector<Arrival> out;

        private Side(RawRecord record, Context context, Collector<Arrival> out) {
            this.record = record;
            this.context = context;
            this.out = out;
        }

        @Override
        public void emit(Chunk chunk) {
            counts.steps.inc(chunk.steps());
            // Not after the record's own: Kafka refuses what is too far in the future, and a sensor's clock may be
            // wrong.
            long time = chunk.firstStep() * Rasteriser.nanoseconds(dt) / NANOS_PER_MILLI;
            long timestamp = Math.min(time, record.timestamp());
            RawRecord place = new RawRecord(
                    record.topic(), record.partition(), record.offset(), timestamp, record.key(), record.value());
            out.collect(new Arrival(chunk, place, true));
        }

        @Override
        public void refuse(RejectReason reason, String message) {
            counts.metrics.rejected(reason);
            context.output(
                    StreamingNetwork.REJECTED,
                    Outbound.rejected(record, new String(record.key(), StandardCharsets.UTF_8), reason, message));
        }
    }

    /** What is shown of it. Written by the operator's thread, read by Flink's. */
    private static final class Counts {
        private final Metrics metrics;
        private final Counter samples;
        private final Counter steps;
        private volatile long streams;
        private volatile long waitingSamples;
        private volatile long waitingBytes;

        private Counts(Metrics metrics) {
            this.metrics = metrics;
            samples = metrics.counter("samples");
            steps = metrics.counter("steps");
            metrics.gauge("streams", () -> streams);
            metrics.gauge("waiting_samples", () -> waitingSamples);
            metrics.gauge("waiting_bytes", () -> waitingBytes);
        }

        private void add(RasterState state) {
            streams += 1;
            waitingSamples += state.waitingSamples();
            waitingBytes += state.waitingBytes();
        }

        private void remove(RasterState state) {
            streams -= 1;
            waitingSamples -= state.waitingSamples();
            waitingBytes -= state.waitingBytes();
        }
    }
}
