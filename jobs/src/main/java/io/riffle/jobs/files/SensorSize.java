package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;

/**
 * The pixels of an event camera. Each has two channels, one for each direction in which it may change.
 *
 * @param width pixels in a row
 * @param height rows
 */
public record SensorSize(int width, int height) {
    private static final int MOST = 1 << 15;

    public SensorSize {
        if (width < 1 || height < 1 || width > MOST || height > MOST || 2L * width * height > RowInput.MOST_CHANNELS) {
            throw new RiffleException(
                    "a sensor of %d x %d pixels, expected at least 1 x 1 and at most %d channels, two for each pixel"
                            .formatted(width, height, RowInput.MOST_CHANNELS));
        }
    }

    /** {@code 2 * height * width}. */
    int channels() {
        return 2 * width * height;
    }

    boolean holds(int x, int y) {
        return x >= 0 && x < width && y >= 0 && y < height;
    }

    /** Row-major [polarity, y, x]: {@code (polarity * height + y) * width + x}. */
    int channel(int x, int y, boolean brighter) {
        return ((brighter ? height : 0) + y) * width + x;
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
