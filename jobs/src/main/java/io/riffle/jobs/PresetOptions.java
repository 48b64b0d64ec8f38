package io.riffle.jobs;

import io.riffle.jobs.streaming.Delivery;
import io.riffle.jobs.streaming.Preset;
import io.riffle.operators.Batching;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a job is to be good at; what is given by itself wins. */
final class PresetOptions {
    @ArgGroup
    private Choice choice = new Choice();

    private static final class Choice {
        @Option(
                names = "--low-latency",
                description = "Nothing waits for anything else: at-least-once, no buffering, a checkpoint every 5 s.")
        private boolean lowLatency;

        @Option(
                names = "--throughput",
                description =
                        "Records wait some milliseconds for others and travel together; exactly-once, a checkpoint "
                                + "every 10 s.")
        private boolean throughput;
    }

    @Option(
            names = "--delivery",
            paramLabel = "GUARANTEE",
            converter = DeliveryConverter.class,
            description = "exactly-once: the output shows with each checkpoint, every step once; at-least-once: it "
                    + "shows at once, after a crash some steps twice with the same bits. Default: exactly-once, with "
                    + "--low-latency at-least-once.")
    private Optional<Delivery> delivery = Optional.empty();

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How often the states are stored. Default: 1s, with --low-latency 5s, with --throughput 10s.")
    private Optional<Duration> checkpointInterval = Optional.empty();

    @Option(
            names = "--batching",
            paramLabel = "WHEN",
            defaultValue = "AUTO",
            description =
                    "Whether chunks of different streams that wait are evolved together: auto, on or off; "
                            + "auto: where a module's weights are read from memory each time. The bits are the same. Default: auto.")
    private Batching batching;

    Batching batching() {
        return batching;
    }

    Preset preset() {
        if (choice.lowLatency) {
            return Preset.LOW_LATENCY;
        }
        return choice.throughput ? Preset.THROUGHPUT : Preset.BALANCED;
    }

    Delivery delivery() {
        return delivery.orElse(preset().delivery());
    }

    Duration checkpointInterval() {
        return checkpointInterval.orElse(preset().checkpointInterval());
    }
}
