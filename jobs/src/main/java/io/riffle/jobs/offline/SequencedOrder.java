package io.riffle.jobs.offline;

import io.riffle.jobs.files.ChunkInput;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Chunks in the order, and with the gaps filled, in which the streaming job's sequencer lets them through. At the end of
 * the file nothing can fill the gaps that are left, so these are closed as well.
 */
final class SequencedOrder implements Admission {
    private final ChunkInput chunks;
    private final boolean derived;
    private final Path file;
    private final double dt;
    private final OfflineStreams states;
    private final Remarks remarks;
    private final Sequencer sequencer;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Deque<Steps> admitted = new ArrayDeque<>();
    private long record;
    private boolean finished;

    /** Where a stream is, and what waits there. */
    private record Place(SequenceState state, Room room) {}

    /**
     * @param derived whether the chunks are made of samples
     * @param states of the streams that go on from an earlier call
     * @param dt length of a step in seconds
     */
    SequencedOrder(
            ChunkInput chunks,
            boolean derived,
            Path file,
            SequenceSettings settings,
            double dt,
            OfflineStreams states,
            Remarks remarks) {
        this.chunks = chunks;
        this.derived = derived;
        this.file = file;
        this.dt = dt;
        this.states = states;
        this.remarks = remarks;
        sequencer = new Sequencer(settings, dt);
    }

    @Override
    public boolean hasNext() {
        while (admitted.isEmpty() && !finished) {
            if (chunks.hasNext()) {
                arrive(chunks.next());
            } else {
                places.values().forEach(this::closeGaps);
                finished = true;
            }
        }
        return !admitted.isEmpty();
    }

    @Override
    public Steps next() {
        hasNext();
        return admitted.remove();
    }

    private void arrive(Chunk chunk) {
        Place place = places.computeIfAbsent(chunk.stream(), stream -> new Place(state(chunk), new Room()));
        long timestamp = Math.round(chunk.firstStep() * dt * 1000);
        byte[] key = chunk.stream().getBytes(StandardCharsets.UTF_8);
        RawRecord source = new RawRecord(file.toString(), 0, record++, timestamp, key, null);
        try {
            sequencer.arrive(new Arrival(chunk, source, derived), place.state(), place.room(), new Decided());
        } catch (Exception impossible) {
            throw unexpected(impossible);
        }
    }

    /** A stored state does not say its run, so that of the first chunk goes on with it. */
    private SequenceState state(Chunk first) {
        return states.isKnown(first.stream())
                ? SequenceState.at(first.run(), states.nextStep(first.stream()))
                : SequenceState.unknown();
    }

    private void closeGaps(Place place) {
        try {
            while (place.state().waitingChunks() > 0) {
                sequencer.giveUpWaiting(place.state(), place.room(), new Decided());
            }
        } catch (Exception impossible) {
            throw unexpected(impossible);
        }
    }

    /** What a waiting room in memory does not throw. */
    private static RuntimeException unexpected(Exception failed) {
        return failed instanceof RuntimeException known ? known : new IllegalStateException(failed);
    }

    private static final class Room implements WaitingRoom {
        private final Map<Long, Arrival> arrivals = new HashMap<>();

        @Override
        public void put(long firstStep, Arrival arrival) {
            arrivals.put(firstStep, arrival);
        }

        @Override
        public Arrival get(long firstStep) {
            return arrivals.get(firstStep);
        }

        @Override
        public void remove(long firstStep) {
            arrivals.remove(firstStep);
        }
    }

    private final class Decided implements Outlet {
        @Override
        public void admit(Admitted next) {
            admitted.add(new Steps(next.chunk(), next.fresh())); // with steps, as a file has no signs of life
        }

        @Override
        public void reject(RawRecord source, String stream, RejectReason reason, String message) {
            remarks.rejected(source.offset(), stream, reason, message);
        }

        @Override
        public void notice(Notice notice, long timestamp) {
            remarks.notice(notice);
        }
    }
}
