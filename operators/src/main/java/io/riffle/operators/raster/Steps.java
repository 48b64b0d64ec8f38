package io.riffle.operators.raster;

import io.riffle.schemas.Chunk;
import java.util.Arrays;

/** Gathers steps into chunks of some size; a jump in the steps begins a new one. */
final class Steps {
    private static final int MOST_VALUES = 1 << 14;

    private final String stream;
    private final long run;
    private final int channels;
    private final RasterOutlet out;
    private float[] gathered = new float[0];
    private long firstStep;
    private int count;
    private boolean any;

    Steps(String stream, long run, int channels, RasterOutlet out) {
        this.stream = stream;
        this.run = run;
        this.channels = channels;
        this.out = out;
    }

    /** @param values of the step; they are copied */
    void add(long step, float[] values) {
        if (count > 0 && (step != firstStep + count || (count + 1) * channels > MOST_VALUES)) {
            flush();
        }
        if (count == 0) {
            firstStep = step;
        }
        if ((count + 1) * channels > gathered.length) {
            gathered = Arrays.copyOf(gathered, Math.max(2 * gathered.length, 8 * channels));
        }
        System.arraycopy(values, 0, gathered, count * channels, channels);
        count++;
        any = true;
    }

    /** Whether there was any step. */
    boolean isAny() {
        return any;
    }

    void flush() {
        if (count > 0) {
            out.emit(new Chunk(stream, run, firstStep, count, channels, Arrays.copyOf(gathered, count * channels)));
            count = 0;
        }
    }
}
