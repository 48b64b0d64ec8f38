package io.riffle.operators.raster;

import java.util.Arrays;

/**
 * What is known of one stream of samples. Mutable; owned by whoever keeps the streams: Flink's keyed state, or a map of a
 * command that reads files.
 */
public final class RasterState {
    static final long NOTHING = -1;

    final int channels;

    /** Whether the stream is, since it was seen or since it was forgotten. */
    boolean known;

    long run;
    /** The latest time that a sample or a sign of life told, in ns since 1970, or {@link #NOTHING}. */
    long latest = NOTHING;
    /** The step of the last sample that is in a step, or of a sign of life behind it. */
    long alive = NOTHING;
    /** The step that is emitted next, or {@link #NOTHING} as long as no sample is in a step. */
    long nextStep = NOTHING;
    /** What goes on where samples are missing: of the last step, or of the last sample if that is interpolated. */
    final float[] held;
    /** When the last sample was that is in a step. */
    long heldTime = NOTHING;
    /** Samples whose steps are not final, by time. */
    final WaitingSamples waiting;

    /** The latest timestamp of the stream's records, milliseconds since 1970. */
    long lastTimestamp;
    /** When the last record came by the clock, milliseconds since 1970. */
    public long seenAt;

    private RasterState(int channels) {
        this.channels = channels;
        held = new float[channels];
        waiting = new WaitingSamples(channels);
    }

    /** A stream of which nothing is known. */
    public static RasterState unknown(int channels) {
        return new RasterState(channels);
    }

    /** Whether the stream is, since it was seen or since it was forgotten. */
    public boolean isKnown() {
        return known;
    }

    /** The latest timestamp of the stream's records, milliseconds since 1970. */
    public long lastTimestamp() {
        return lastTimestamp;
    }

    /** How many samples wait for their steps to be final. */
    public int waitingSamples() {
        return waiting.size();
    }

    /** How many bytes they take. */
    public long waitingBytes() {
        return waiting.bytes(waiting.size());
    }

    /** Starts anew; nothing may wait. */
    void restart(long run) {
        known = true;
        this.run = run;
        latest = NOTHING;
        alive = NOTHING;
        nextStep = NOTHING;
        heldTime = NOTHING;
        Arrays.fill(held, 0);
        lastTimestamp = 0;
    }

    RasterState copy() {
        RasterState copy = new RasterState(channels);
        copy.known = known;
        copy.run = run;
        copy.latest = latest;
        copy.alive = alive;
        copy.nextStep = nextStep;
        copy.heldTime = heldTime;
        System.arraycopy(held, 0, copy.held, 0, channels);
        copy.waiting.set(waiting);
        copy.lastTimestamp = lastTimestamp;
        copy.seenAt = seenAt;
        return copy;
    }
}
