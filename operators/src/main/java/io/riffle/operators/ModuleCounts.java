package io.riffle.operators;

import org.apache.flink.metrics.Counter;

/** What is shown of a module's operator. Written by the operator's thread, read by Flink's. */
final class ModuleCounts {
    final Metrics metrics;
    private final Counter chunks;
    private final Counter steps;
    private final Counter evolveNanoseconds;
    private final Counter spikes;
    private volatile long streams;

    /** @param spiking whether the module's output are counts of spikes */
    ModuleCounts(Metrics metrics, boolean spiking, int bytesOfStream) {
        this.metrics = metrics;
        chunks = metrics.counter("chunks");
        steps = metrics.counter("steps");
        evolveNanoseconds = metrics.counter("evolve_nanoseconds");
        spikes = spiking ? metrics.counter("spikes") : null;
        metrics.gauge("streams", () -> streams);
        metrics.gauge("state_bytes", () -> streams * bytesOfStream);
    }

    void streams(long now) {
        streams = now;
    }

    void streamBegins() {
        streams += 1;
    }

    void streamEnds() {
        streams -= 1;
    }

    void evolved(Turn turn) {
        chunks.inc();
        steps.inc(turn.chunk().steps());
        if (spikes != null) {
            spikes.inc((long) turn.sum); // a neuron may fire several times in a step
        }
    }

    /** @param all how long the module has taken so far */
    void nanoseconds(long all) {
        evolveNanoseconds.inc(all - evolveNanoseconds.getCount());
    }
}
