package io.riffle.operators.sequence;

import java.util.ArrayList;
import java.util.List;

/**
 * Where one stream is. Mutable; owned by whoever keeps the streams: Flink's keyed state, or a map of a command that reads
 * files.
 */
public final class SequenceState {
    private static final float[] NO_VALUES = {};

    /** Whether the stream is, since it was seen or since it was forgotten. */
    boolean known;

    long run;
    /** Whether any step was taken; before that, step 0 is expected. */
    boolean started;
    /** Whether the state of the network starts anew with the next chunk. */
    boolean fresh;
    /** All steps from here to the next one were sent and taken: what comes again of them is a duplicate. */
    long takenFrom;

    long nextStep;
    /** The latest event time of the stream's records, milliseconds since 1970. */
    long lastTimestamp;
    /** The values of the last step, if they are needed to be held. */
    float[] lastValues = NO_VALUES;
    /** Early chunks, ascending by first step, each with another one. */
    final List<Waiting> waiting = new ArrayList<>(0);

    /** When the last record came by the clock, milliseconds since 1970. */
    public long seenAt;
    /** When what waits has waited long enough by the clock, or 0. */
    public long gapTimer;

    /**
     * An early chunk, which itself is in the waiting room.
     *
     * @param bytes of its record or of its values, whichever are more
     */
    record Waiting(long firstStep, long endStep, long timestamp, int bytes) {}

    /** A stream of which nothing is known. */
    public static SequenceState unknown() {
        return new SequenceState();
    }

    /** A stream that goes on with a step. */
    public static SequenceState at(long run, long nextStep) {
        SequenceState state = new SequenceState();
        state.known = true;
        state.run = run;
        state.started = true;
        state.takenFrom = nextStep;
        state.nextStep = nextStep;
        return state;
    }

    /** Whether the stream is, since it was seen or since it was forgotten. */
    public boolean isKnown() {
        return known;
    }

    public long run() {
        return run;
    }

    /** The step that is expected next. */
    public long nextStep() {
        return nextStep;
    }

    /** How many chunks wait. */
    public int waitingChunks() {
        return waiting.size();
    }

    /** How many bytes the records have that wait. */
    public long waitingBytes() {
        long bytes = 0;
        for (int i = 0; i < waiting.size(); i++) { // asked for every record, so without an iterator
            bytes += waiting.get(i).bytes;
        }
        return bytes;
    }

    /** Begins with a step, or goes on with it behind steps that are left out. */
    void start(long step) {
        started = true;
        takenFrom = step;
        nextStep = step;
    }

    /** The end of all that is known of the stream. */
    long reach() {
        long reach = nextStep;
        for (Waiting one : waiting) {
            reach = Math.max(reach, one.endStep());
        }
        return reach;
    }

    /** Whether the state of the network starts anew with the chunk that is given away now. */
    boolean takeFresh() {
        boolean now = fresh;
        fresh = false;
        return now;
    }

    /** Starts anew, with the network's initial state; nothing may wait. */
    void restart(long run) {
        this.run = run;
        started = false;
        fresh = true;
        takenFrom = 0;
        nextStep = 0;
        lastTimestamp = 0;
        lastValues = NO_VALUES;
    }
}
