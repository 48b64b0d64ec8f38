package io.riffle.jobs.feed;

/**
 * Brings a rate that spans decades to 0..1: {@code log(1 + x / knee) / log(1 + full / knee)}, cut at 1. Below the knee
 * it is nearly linear, so that an idle machine stays near 0; above, every decade takes an equal share.
 */
record LogScale(double knee, double full) {
    LogScale {
        if (!(knee > 0 && full > knee)) {
            throw new IllegalArgumentException("knee %s and full %s, expected 0 < knee < full".formatted(knee, full));
        }
    }

    float of(double value) {
        if (!(value > 0)) {
            return 0;
        }
        return (float) Math.min(1, Math.log1p(value / knee) / Math.log1p(full / knee));
    }
}
