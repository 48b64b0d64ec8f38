package io.riffle.jobs.feed;

import io.riffle.schemas.Chunk;
import java.util.Arrays;
import java.util.function.Consumer;

/** One stream of a file while it is replayed: its steps, gathered into records. */
final class Track {
    private final double dt;
    private final int most;
    private final Consumer<Piece> records;
    private Chunk begun;
    private float[] values;
    private int steps;
    /** What is added to the steps of this round, and to their times. */
    private long shift;

    private double origin;
    private long firstOfRound = -1;
    private long endOfRound;

    /**
     * @param dt length of a step in seconds
     * @param most steps of a record
     */
    Track(double dt, int most, Consumer<Piece> records) {
        this.dt = dt;
        this.most = most;
        this.records = records;
    }

    /** @param now of the replay, in seconds: when the first of a round's steps begin */
    void add(Chunk chunk, double now) {
        if (firstOfRound < 0) {
            firstOfRound = chunk.firstStep();
            endOfRound = firstOfRound;
            origin = now - (chunk.firstStep() + shift) * dt;
        }
        boolean goesOn = begun != null
                && chunk.run() == begun.run()
                && chunk.channels() == begun.channels()
                && chunk.firstStep() == begun.firstStep() + steps;
        if (!goesOn) {
            flush();
        }
        for (int from = 0; from < chunk.steps(); ) {
            if (begun == null) {
                begun = chunk.from(chunk.firstStep() + from);
                values = new float[most * chunk.channels()];
            }
            int count = Math.min(most - steps, chunk.steps() - from);
            System.arraycopy(
                    chunk.values(),
                    from * chunk.channels(),
                    values,
                    steps * chunk.channels(),
                    count * chunk.channels());
            steps += count;
            from += count;
            if (steps == most) {
                flush();
            }
        }
        endOfRound = Math.max(endOfRound, chunk.endStep());
    }

    /** Makes a record of what is gathered, if anything is. */
    void flush() {
        if (begun == null) {
            return;
        }
        long first = begun.firstStep() + shift;
        float[] filled = Arrays.copyOf(values, steps * begun.channels());
        Chunk chunk = new Chunk(begun.stream(), begun.run(), first, steps, begun.channels(), filled);
        records.accept(new Piece(chunk, origin + first * dt, origin + chunk.endStep() * dt));
        begun = null;
        steps = 0;
    }

    /** The file begins anew; its steps go on behind the last one. */
    void beginRound() {
        if (firstOfRound >= 0) {
            shift += endOfRound - firstOfRound;
            firstOfRound = -1;
        }
    }
}
