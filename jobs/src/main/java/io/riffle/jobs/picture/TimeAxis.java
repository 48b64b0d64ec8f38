package io.riffle.jobs.picture;

/**
 * The stretch of time that all charts of a picture share, and how its axis counts.
 *
 * @param beginSeconds where the axis begins, since step 0
 * @param endSeconds where it ends
 * @param zeroSeconds what the axis calls 0
 * @param label below the axis
 */
public record TimeAxis(double beginSeconds, double endSeconds, double zeroSeconds, String label) {
    public TimeAxis {
        if (!(beginSeconds < endSeconds)) {
            throw new IllegalArgumentException("axis of time from %s s to %s s, expected an end after the begin"
                    .formatted(beginSeconds, endSeconds));
        }
    }

    /** Counts the seconds before the end, all negative: for what is watched live. */
    public static TimeAxis beforeTheEnd(double beginSeconds, double endSeconds) {
        return new TimeAxis(beginSeconds, endSeconds, endSeconds, "seconds before the end");
    }

    /** Counts the seconds since step 0: for recordings. */
    public static TimeAxis sinceStepZero(double beginSeconds, double endSeconds) {
        return new TimeAxis(beginSeconds, endSeconds, 0, "seconds");
    }

    /** Counts steps, of recordings that do not say how long one is. */
    public static TimeAxis steps(double beginStep, double endStep) {
        return new TimeAxis(beginStep, endStep, 0, "steps");
    }

    /** Where on the axis a time since step 0 stands. */
    double of(double seconds) {
        return seconds - zeroSeconds;
    }

    double begin() {
        return of(beginSeconds);
    }

    double end() {
        return of(endSeconds);
    }
}
