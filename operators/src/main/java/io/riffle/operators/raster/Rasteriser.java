package io.riffle.operators.raster;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Samples;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.time.Instant;

/**
 * Makes steps of samples: step k is the time from k dt until (k + 1) dt since 1970.
 *
 * <pre>
 *    final: made, by the rule            waiting for older samples
 *   |-----|-----|-----|-----|-----|-----|--x--|-x---x-|
 *   0     1     2     ..                 ^            ^ latest sample or sign of life
 *                                        | latest - lateness
 * </pre>
 *
 * <p>A step is final when the stream has come its lateness past the step's end; then it is made, and a sample in it is too
 * late. What is decided depends on nothing but the stream's own records in their order; and not on that order either, as
 * long as no sample comes later than the lateness allows, and none has the very time of another.
 *
 * <p>Where samples are missing, the rule fills so many steps as a gap may have; of a longer silence the rest is missing,
 * and never comes.
 */
public final class Rasteriser {
    /** Most bytes of one stream's samples that wait: 16 MiB. */
    static final long MAX_WAITING_BYTES = 1 << 24;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final RasterSettings settings;
    private final long dt;
    private final long lateness;
    private final StepMaker maker;

    /**
     * @param dt length of a step in seconds
     * @throws RiffleException if it is not a whole number of nanoseconds, or streams would be forgotten sooner than their
     *     steps are made
     */
    public Rasteriser(RasterSettings settings, double dt) {
        this.settings = settings;
        this.dt = nanoseconds(dt);
        lateness = settings.lateness() * NANOS_PER_MILLI;
        maker = new StepMaker(settings.rule(), this.dt, settings.maxGap());
        long wait = settings.lateness() + this.dt / NANOS_PER_MILLI;
        if (settings.timeToLive() > 0 && settings.timeToLive() <= wait) {
            throw new RiffleException(
                    "the time to live is %d ms, expected more than the lateness and a step, %d ms, that steps wait"
                            .formatted(settings.timeToLive(), wait));
        }
    }

    /**
     * The length of a step in nanoseconds.
     *
     * @param dt in seconds
     * @throws RiffleException if it is not a whole number of nanoseconds
     */
    public static long nanoseconds(double dt) {
        double exact = dt * 1e9;
        double whole = Math.rint(exact);
        if (!(whole >= 1 && whole < 1L << 60 && Math.abs(exact - whole) <= 1e-12 * whole)) {
            throw new RiffleException(
                    "dt is %s s, expected a whole number of nanoseconds to make steps of samples".formatted(dt));
        }
        return (long) whole;
    }

    /**
     * Deals with a stream's next record.
     *
     * @param timestamp of the record, milliseconds since 1970
     */
    public void arrive(Samples samples, long timestamp, RasterState state, RasterOutlet out) {
        String stream = samples.stream();
        if (state.known && silentTooLong(timestamp, state)) {
            forget(stream, state, out);
        }
        if (state.known && samples.run() < state.run) {
            String message = "stream '%s' sent samples of run %d, but it is in run %d; expected all to carry their run"
                    .formatted(stream, samples.run(), state.run);
            out.refuse(RejectReason.STALE, message);
            return;
        }
        if (state.known && samples.run() > state.run) {
            finish(stream, state, out);
            state.restart(samples.run());
        } else if (!state.known && samples.isHeartbeat()) {
            return; // alive, but there is nothing yet that could go on
        } else if (!state.known) {
            state.restart(samples.run());
        }
        state.lastTimestamp = Math.max(state.lastTimestamp, timestamp);
        if (samples.isHeartbeat()) {
            live(stream, timestamp, state, out);
        } else {
            take(samples, state, out);
        }
    }

    /** No sample of the stream comes any more: makes the steps up to that of its last one. */
    public void finish(String stream, RasterState state, RasterOutlet out) {
        int waiting = state.waiting.size();
        if (waiting > 0) {
            advance(stream, state, state.waiting.time(waiting - 1) / dt + 1, out);
        }
    }

    /** The stream was silent for too long: its steps are made, and then it is as if it had never been. */
    public void forget(String stream, RasterState state, RasterOutlet out) {
        finish(stream, state, out);
        state.known = false;
    }

    private boolean silentTooLong(long timestamp, RasterState state) {
        return settings.timeToLive() > 0 && timestamp - state.lastTimestamp > settings.timeToLive();
    }

    /** The first step that is not final. */
    private long end(long latest) {
        return latest == RasterState.NOTHING ? 0 : Math.max(0, latest - lateness) / dt;
    }

    private boolean advance(String stream, RasterState state, long end, RasterOutlet out) {
        Steps steps = new Steps(stream, state.run, state.channels, out);
        maker.advance(state, end, steps);
        steps.flush();
        return steps.isAny();
    }

    /** Nothing older than a sign of life, and its lateness, will come. */
    private void live(String stream, long timestamp, RasterState state, RasterOutlet out) {
        long time = Math.max(0, Math.min(timestamp, (Samples.END_OF_TIME - 1) / NANOS_PER_MILLI)) * NANOS_PER_MILLI;
        boolean any = false;
        if (time > state.latest) {
            state.latest = time;
            any = advance(stream, state, end(time), out);
            maker.live(state, end(time));
        }
        if (!any && state.nextStep != RasterState.NOTHING) {
            out.emit(new Chunk(stream, state.run, state.nextStep, 0, state.channels, new float[0]));
        }
    }

    private void take(Samples samples, RasterState state, RasterOutlet out) {
        WaitingSamples sorted = WaitingSamples.sorted(samples.channels(), samples.times(), samples.values());
        long firstOpen = end(state.latest);
        int from = sorted.firstFrom(firstOpen * dt);
        if (from < sorted.size()) {
            long latest = Math.max(state.latest, sorted.time(sorted.size() - 1));
            long end = end(latest);
            long rest = state.waiting.size()
                    - state.waiting.firstFrom(end * dt)
                    + sorted.size()
                    - Math.max(from, sorted.firstFrom(end * dt));
            if (sorted.bytes(rest) > MAX_WAITING_BYTES) {
                String message = "stream '%s' sent %s; %d would wait for their steps in %d bytes, expected at most %d"
                        .formatted(
                                samples.stream(),
                                Names.count(samples.size(), "sample"),
                                rest,
                                sorted.bytes(rest),
                                MAX_WAITING_BYTES);
                out.refuse(RejectReason.TOO_LARGE, message);
                return;
            }
            state.waiting.add(from == 0 ? sorted : sorted.part(from, sorted.size()));
            state.latest = latest;
            advance(samples.stream(), state, end, out);
        }
        if (from > 0) {
            String message =
                    "stream '%s' sent %s; %d of them, before %s, come too late and are left out; expected at most %d ms"
                            + " behind the latest (a wrong clock: a new run, riffle.run above %d)";
            out.refuse(
                    RejectReason.STALE,
                    message.formatted(
                            samples.stream(),
                            Names.count(samples.size(), "sample"),
                            from,
                            text(firstOpen * dt),
                            settings.lateness(),
                            state.run));
        }
    }

    private static String text(long time) {
        return Instant.ofEpochSecond(time / 1_000_000_000, time % 1_000_000_000).toString();
    }
}
