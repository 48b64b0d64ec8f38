package io.riffle.operators.sequence;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.Arrival;
import io.riffle.operators.elements.RawRecord;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.NoticeKind;

/** Carries a stream over steps that will not come, and says so. */
final class GapBridge {
    /** Missing steps are filled in pieces of at most so many values. */
    private static final int FILL_VALUES = 1 << 14;

    private final SequenceSettings settings;
    private final double dt;

    /** @param dt length of a step in seconds */
    GapBridge(SequenceSettings settings, double dt) {
        this.settings = settings;
        this.dt = dt;
    }

    /**
     * Gives the network what the policy says in place of the steps up to a chunk. No more are filled than may be missing:
     * only samples leave out more, and years of them.
     *
     * @param next the chunk behind the gap
     * @param record that shows that the steps will not come
     */
    void close(Arrival next, RawRecord record, SequenceState state, Outlet out) {
        long missing = next.chunk().firstStep() - state.nextStep;
        if (settings.gap() == GapPolicy.RESET || missing > settings.maxGap()) {
            notice(NoticeKind.GAP_RESET, "left out, the state starts anew", next, record, state, out);
            state.fresh = true;
            state.start(next.chunk().firstStep());
        } else {
            fill(next, record, state, out);
        }
    }

    private void fill(Arrival next, RawRecord record, SequenceState state, Outlet out) {
        int channels = next.chunk().channels();
        boolean hold = settings.gap() == GapPolicy.HOLD && state.lastValues.length == channels;
        if (hold) {
            notice(NoticeKind.GAP_HELD, "filled with the values of the step before", next, record, state, out);
        } else {
            notice(NoticeKind.GAP_ZEROS, "filled with zeros", next, record, state, out);
        }
        long end = next.chunk().firstStep();
        int most = Math.max(1, FILL_VALUES / channels);
        while (state.nextStep < end) {
            int steps = (int) Math.min(most, end - state.nextStep);
            float[] values = new float[steps * channels];
            for (int step = 0; hold && step < steps; step++) {
                System.arraycopy(state.lastValues, 0, values, step * channels, channels);
            }
            Chunk piece = new Chunk(next.chunk().stream(), state.run, state.nextStep, steps, channels, values);
            long timestamp = StepTime.of(state.nextStep, next.chunk(), next.record(), dt);
            state.nextStep = piece.endStep();
            out.admit(new Admitted(piece, timestamp, Admitted.Kind.FILLED, state.takeFresh(), next.record()));
        }
        state.takenFrom = end;
    }

    private static void notice(
            NoticeKind kind, String how, Arrival next, RawRecord record, SequenceState state, Outlet out) {
        Chunk chunk = next.chunk();
        String message = "stream '%s' lacks steps %d to %d: %s"
                .formatted(chunk.stream(), state.nextStep, chunk.firstStep() - 1, how);
        long missing = chunk.firstStep() - state.nextStep;
        Notices.send(kind, chunk.stream(), state.run, state.nextStep, missing, record, message, out);
    }
}
