package io.riffle.jobs.streaming;

import java.time.Duration;
import java.util.Locale;

/** What a job is to be good at: settings that only make sense together. docs/performance.md has what was measured. */
public enum Preset {
    /** Each step once, and still soon: what is read by others shows with each checkpoint. */
    BALANCED(
            Delivery.EXACTLY_ONCE,
            Duration.ofSeconds(1),
            new Transfer(Duration.ofMillis(1), Duration.ZERO, 64 << 10, 1, Duration.ofMillis(500), 500)),
    /** Nothing waits for anything else. */
    LOW_LATENCY(
            Delivery.AT_LEAST_ONCE,
            Duration.ofSeconds(5),
            new Transfer(Duration.ZERO, Duration.ZERO, 16 << 10, 1, Duration.ofMillis(500), 500)),
    /** Records wait some milliseconds for others, so that each step of their way costs less. */
    THROUGHPUT(
            Delivery.EXACTLY_ONCE,
            Duration.ofSeconds(10),
            new Transfer(
                    Duration.ofMillis(50), Duration.ofMillis(10), 256 << 10, 64 << 10, Duration.ofMillis(50), 5000));

    private final Delivery delivery;
    private final Duration checkpointInterval;
    private final Transfer transfer;

    Preset(Delivery delivery, Duration checkpointInterval, Transfer transfer) {
        this.delivery = delivery;
        this.checkpointInterval = checkpointInterval;
        this.transfer = transfer;
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Delivery delivery() {
        return delivery;
    }

    public Duration checkpointInterval() {
        return checkpointInterval;
    }

    public Transfer transfer() {
        return transfer;
    }
}
