package io.riffle.integration.load;

import java.util.SplittableRandom;

/** What a stream's sensor gives at a step: always the same, whoever asks. */
public final class Sensor {
    public static final int CHANNELS = 5;
    private static final int ONE_IN = 5;

    private Sensor() {}

    /** Row-major [steps, {@link #CHANNELS}], each a spike or none. */
    public static float[] read(String stream, long firstStep, int steps) {
        float[] values = new float[steps * CHANNELS];
        for (int step = 0; step < steps; step++) {
            SplittableRandom random = new SplittableRandom(stream.hashCode() * 1_000_003L + firstStep + step);
            for (int channel = 0; channel < CHANNELS; channel++) {
                values[step * CHANNELS + channel] = random.nextInt(ONE_IN) == 0 ? 1 : 0;
            }
        }
        return values;
    }
}
