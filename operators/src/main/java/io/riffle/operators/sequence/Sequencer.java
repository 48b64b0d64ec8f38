package io.riffle.operators.sequence;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.Arrival;
import io.riffle.operators.elements.RawRecord;
import io.riffle.operators.sequence.SequenceState.Waiting;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.NoticeKind;
import io.riffle.schemas.RejectReason;
import java.util.Arrays;

/**
 * Gives the network each step of a stream once and in order:
 *
 * <pre>
 *            taken                missing            waiting
 *   |========================|- - - - - - - -|======|   |====|
 *   takenFrom                nextStep                         at most the horizon behind nextStep
 * </pre>
 *
 * <p>What it decides depends on nothing but the stream's own records in their order, so the same records lead to the same
 * steps, rejections and notices, whenever and however often they are read. Only {@link #giveUpWaiting} and {@link
 * #forget} are called by a clock.
 */
public final class Sequencer {
    /** Most chunks of one stream that wait, and most bytes of their records: 16 MiB. */
    static final int MAX_WAITING = 4096;

    static final long MAX_WAITING_BYTES = 1 << 24;

    private final SequenceSettings settings;
    private final double dt;
    private final long horizonSteps;
    private final GapBridge bridge;

    /** @param dt length of a step in seconds */
    public Sequencer(SequenceSettings settings, double dt) {
        this.settings = settings;
        this.dt = dt;
        this.horizonSteps = settings.horizon().inSteps(dt);
        this.bridge = new GapBridge(settings, dt);
    }

    /** Deals with a stream's next record. */
    public void arrive(Arrival arrival, SequenceState state, WaitingRoom room, Outlet out) throws Exception {
        Chunk chunk = arrival.chunk();
        RawRecord record = arrival.record();
        if (state.known && silentTooLong(record, state)) {
            forget(chunk.stream(), state, room, out);
        }
        if (state.known && chunk.run() < state.run) {
            String message = "stream '%s' sent run %d, but it is in run %d; expected every chunk to carry its run"
                    .formatted(chunk.stream(), chunk.run(), state.run);
            out.reject(record, chunk.stream(), RejectReason.STALE, message);
            return;
        }
        if (state.known && chunk.run() > state.run) {
            startRun(chunk, record, state, room, out);
        } else if (!state.known && !chunk.isHeartbeat()) {
            state.known = true;
            state.run = chunk.run();
        }
        state.lastTimestamp = Math.max(state.lastTimestamp, record.timestamp());
        if (!state.started && state.waiting.isEmpty()) {
            if (chunk.isHeartbeat()) {
                return; // alive, but there is nothing yet that could go on
            }
            if (chunk.firstStep() > Math.min(horizonSteps, settings.maxGap())) {
                state.start(chunk.firstStep());
            }
        }
        take(arrival, state, room, out);
        while (arrival.derived() && settings.gap().goesOn() && !state.waiting.isEmpty()) {
            closeGap(record, state, room, out); // steps that samples leave out never come
        }
        closeGaps(record, state, room, out);
    }

    /** The steps that are waited for are given up, because a clock says so. */
    public void giveUpWaiting(SequenceState state, WaitingRoom room, Outlet out) throws Exception {
        if (!state.waiting.isEmpty()) {
            Arrival first = room.get(state.waiting.get(0).firstStep());
            closeGap(first.record(), state, room, out);
        }
    }

    /** The stream was silent for too long: it is as if it had never been. */
    public void forget(String stream, SequenceState state, WaitingRoom room, Outlet out) throws Exception {
        rejectWaiting(state, room, out, "the stream was silent for more than %d ms".formatted(settings.timeToLive()));
        String message =
                "stream '%s' was silent for more than %d ms after event time %d ms; its state before step %d is gone"
                        .formatted(stream, settings.timeToLive(), state.lastTimestamp, state.nextStep);
        // What shows it is that no record came; so it has no place in a topic, and a time that depends on none.
        RawRecord none = new RawRecord("", -1, -1, state.lastTimestamp, null, null);
        Notices.send(NoticeKind.FORGOTTEN, stream, state.run, state.nextStep, 0, none, message, out);
        state.restart(0);
        state.known = false;
    }

    private boolean silentTooLong(RawRecord record, SequenceState state) {
        return settings.timeToLive() > 0
                && state.lastTimestamp > 0 // of one that was put here to go on, no time is known yet
                && record.timestamp() - state.lastTimestamp > settings.timeToLive();
    }

    private void startRun(Chunk chunk, RawRecord record, SequenceState state, WaitingRoom room, Outlet out)
            throws Exception {
        while (settings.gap().goesOn() && !state.waiting.isEmpty()) {
            closeGap(record, state, room, out); // nothing of the old run can fill it any more
        }
        rejectWaiting(state, room, out, "the stream started run %d".formatted(chunk.run()));
        String message = "stream '%s' starts run %d at step %d; run %d ended before step %d"
                .formatted(chunk.stream(), chunk.run(), chunk.firstStep(), state.run, state.nextStep);
        Notices.send(NoticeKind.NEW_RUN, chunk.stream(), chunk.run(), chunk.firstStep(), 0, record, message, out);
        state.restart(chunk.run());
    }

    private void take(Arrival arrival, SequenceState state, WaitingRoom room, Outlet out) throws Exception {
        Chunk chunk = arrival.chunk();
        if (chunk.firstStep() > state.nextStep) {
            await(arrival, state, room, out);
        } else {
            admit(arrival, state, out);
            admitWaiting(state, room, out);
        }
    }

    private void admitWaiting(SequenceState state, WaitingRoom room, Outlet out) throws Exception {
        while (!state.waiting.isEmpty() && state.waiting.get(0).firstStep() <= state.nextStep) {
            admit(take(room, state.waiting.remove(0)), state, out);
        }
    }

    /** Lets through what is new of a chunk that starts no later than the next step. */
    private void admit(Arrival arrival, SequenceState state, Outlet out) {
        Chunk chunk = arrival.chunk();
        RawRecord record = arrival.record();
        if (chunk.isHeartbeat()) {
            Chunk here = new Chunk(chunk.stream(), state.run, state.nextStep, 0, chunk.channels(), chunk.values());
            out.admit(new Admitted(here, record.timestamp(), Admitted.Kind.SENT, state.takeFresh(), record));
            return;
        }
        if (chunk.endStep() <= state.nextStep) {
            rejectOld(chunk, record, state, out);
            return;
        }
        Chunk rest = chunk;
        if (chunk.firstStep() < state.nextStep) {
            rest = chunk.from(state.nextStep);
            String message = "stream '%s' sent steps %d to %d, of which those before %d were taken already"
                    .formatted(chunk.stream(), chunk.firstStep(), chunk.endStep() - 1, state.nextStep);
            long cut = state.nextStep - chunk.firstStep();
            Notices.send(NoticeKind.OVERLAP, chunk.stream(), state.run, chunk.firstStep(), cut, record, message, out);
        }
        if (!state.started) {
            state.start(rest.firstStep());
        }
        state.nextStep = rest.endStep();
        keepLast(rest, state);
        long timestamp = StepTime.of(rest.firstStep(), chunk, record, dt);
        out.admit(new Admitted(rest, timestamp, Admitted.Kind.SENT, state.takeFresh(), record));
    }

    private void keepLast(Chunk chunk, SequenceState state) {
        if (settings.gap() == GapPolicy.HOLD) {
            int end = chunk.values().length;
            state.lastValues = Arrays.copyOfRange(chunk.values(), end - chunk.channels(), end);
        }
    }

    private static void rejectOld(Chunk chunk, RawRecord record, SequenceState state, Outlet out) {
        boolean taken = chunk.firstStep() >= state.takenFrom;
        String message = "stream '%s' sent steps %d to %d, expected step %d next; %s"
                .formatted(
                        chunk.stream(),
                        chunk.firstStep(),
                        chunk.endStep() - 1,
                        state.nextStep,
                        taken ? "they were taken already" : "they come too late");
        out.reject(record, chunk.stream(), taken ? RejectReason.DUPLICATE : RejectReason.STALE, message);
    }

    /** A chunk that came early waits, unless it lies too far ahead or the same steps wait already. */
    private void await(Arrival arrival, SequenceState state, WaitingRoom room, Outlet out) throws Exception {
        Chunk chunk = arrival.chunk();
        if (!arrival.derived() && chunk.firstStep() - state.reach() > settings.maxGap()) {
            rejectEarly(arrival, state, out, "that is more than %d steps ahead".formatted(settings.maxGap()));
            return;
        }
        Waiting entry =
                new Waiting(chunk.firstStep(), chunk.endStep(), arrival.record().timestamp(), bytes(arrival));
        int at = 0;
        while (at < state.waiting.size() && state.waiting.get(at).firstStep() < entry.firstStep()) {
            at++;
        }
        boolean same = at < state.waiting.size() && state.waiting.get(at).firstStep() == entry.firstStep();
        if (same && state.waiting.get(at).endStep() >= entry.endStep()) {
            if (!chunk.isHeartbeat()) {
                String message = "stream '%s' sent steps %d to %d, which wait already for step %d"
                        .formatted(chunk.stream(), chunk.firstStep(), chunk.endStep() - 1, state.nextStep);
                out.reject(arrival.record(), chunk.stream(), RejectReason.DUPLICATE, message);
            }
            return;
        }
        if (settings.gap() == GapPolicy.WAIT && overdueWith(entry, state)) {
            rejectEarly(arrival, state, out, "the horizon is %s".formatted(settings.horizon()));
            return;
        }
        if (same) {
            Arrival shorter = take(room, state.waiting.remove(at));
            if (!shorter.chunk().isHeartbeat()) {
                String message = "stream '%s' sent steps %d to %d, and more of them later"
                        .formatted(
                                chunk.stream(),
                                chunk.firstStep(),
                                shorter.chunk().endStep() - 1);
                out.reject(shorter.record(), chunk.stream(), RejectReason.DUPLICATE, message);
            }
        }
        state.waiting.add(at, entry);
        room.put(entry.firstStep(), arrival);
    }

    private static Arrival take(WaitingRoom room, Waiting waiting) throws Exception {
        Arrival arrival = room.get(waiting.firstStep());
        room.remove(waiting.firstStep());
        return arrival;
    }

    /** Of the record, or of the values where these are more: events are small, and steps made of samples are many. */
    private static int bytes(Arrival arrival) {
        byte[] value = arrival.record().value();
        return Math.max(value == null ? 0 : value.length, arrival.chunk().values().length * Float.BYTES);
    }

    private static void rejectEarly(Arrival arrival, SequenceState state, Outlet out, String why) {
        Chunk chunk = arrival.chunk();
        String sent = chunk.isHeartbeat()
                ? "a sign of life at step %d".formatted(chunk.firstStep())
                : "steps %d to %d".formatted(chunk.firstStep(), chunk.endStep() - 1);
        String message =
                "stream '%s' sent %s, expected step %d next; %s".formatted(chunk.stream(), sent, state.nextStep, why);
        out.reject(arrival.record(), chunk.stream(), RejectReason.GAP, message);
    }

    private void rejectWaiting(SequenceState state, WaitingRoom room, Outlet out, String why) throws Exception {
        for (Waiting one : state.waiting) {
            Arrival arrival = take(room, one);
            if (!arrival.chunk().isHeartbeat()) {
                rejectEarly(arrival, state, out, why);
            }
        }
        state.waiting.clear();
    }

    private void closeGaps(RawRecord record, SequenceState state, WaitingRoom room, Outlet out) throws Exception {
        while (settings.gap() != GapPolicy.WAIT && overdue(state)) {
            closeGap(record, state, room, out);
        }
        if (settings.gap() == GapPolicy.WAIT && !state.started && overdue(state)) {
            closeGap(record, state, room, out);
        }
    }

    private boolean overdueWith(Waiting next, SequenceState state) {
        if (!state.started) {
            return false; // a start is not waited for longer than the horizon, whatever the policy
        }
        boolean tooMany =
                state.waiting.size() + 1 > MAX_WAITING || state.waitingBytes() + next.bytes() > MAX_WAITING_BYTES;
        if (settings.horizon().isTime()) {
            return tooMany
                    || !state.waiting.isEmpty()
                            && next.timestamp() - state.waiting.get(0).timestamp()
                                    > settings.horizon().milliseconds();
        }
        return tooMany || next.endStep() - state.nextStep > horizonSteps;
    }

    private boolean overdue(SequenceState state) {
        if (state.waiting.isEmpty()) {
            return false;
        }
        if (state.waiting.size() > MAX_WAITING || state.waitingBytes() > MAX_WAITING_BYTES) {
            return true;
        }
        return settings.horizon().isTime()
                ? state.lastTimestamp - state.waiting.get(0).timestamp()
                        > settings.horizon().milliseconds()
                : state.reach() - state.nextStep > horizonSteps;
    }

    /** The steps before the first chunk that waits will not come. */
    private void closeGap(RawRecord record, SequenceState state, WaitingRoom room, Outlet out) throws Exception {
        Waiting first = state.waiting.get(0);
        long missing = first.firstStep() - state.nextStep;
        Arrival next = room.get(first.firstStep());
        String stream = next.chunk().stream();
        if (!state.started) {
            String message = "stream '%s' starts at step %d; steps 0 to %d did not come within %s"
                    .formatted(stream, first.firstStep(), first.firstStep() - 1, settings.horizon());
            Notices.send(NoticeKind.LATE_START, stream, state.run, 0, missing, record, message, out);
            state.start(first.firstStep());
        } else if (!settings.gap().goesOn()) {
            rejectWaiting(state, room, out, "it did not come within %s".formatted(settings.horizon()));
            return;
        } else {
            bridge.close(next, record, state, out);
        }
        admitWaiting(state, room, out);
    }
}
