package io.riffle.jobs.picture;

/**
 * The steps that a picture shows, on an axis of seconds.
 *
 * @param beginStep where the axis begins
 * @param endStep exclusive
 * @param dt seconds per step
 */
record TimeSpan(long beginStep, long endStep, double dt) {
    double secondsOf(long step) {
        return (step - endStep) * dt;
    }

    double beginSeconds() {
        return secondsOf(beginStep);
    }
}
