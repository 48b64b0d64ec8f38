package io.riffle.jobs;

import io.riffle.jobs.feed.HostName;
import io.riffle.jobs.feed.Microphone;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code riffle feed mic --to TOPIC}: this machine's microphone. */
@Command(
        name = "mic",
        description = {
            "This machine's microphone, or whatever its sound device records: a step for each sample, from -1 to 1.",
            "A stream that the topic holds already is continued."
        },
        footer = {"", "Example:", "  riffle feed mic --to sound --rate 16000 --channels 1"})
final class FeedMicCommand implements Callable<Integer> {
    private static final int RECORDS_PER_SECOND = 20;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Mixin
    private TopicOptions topicOptions;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "Name of the stream. Default: the machine's name, and -mic.")
    private Optional<String> stream = Optional.empty();

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            defaultValue = "16000",
            description = "Samples per second; a step is 1/HZ seconds. Default: ${DEFAULT-VALUE}.")
    private int rateHz;

    @Option(names = "--channels", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private int channels;

    @Option(names = "--chunk", paramLabel = "STEPS", description = "Steps per Kafka record. Default: those of 50 ms.")
    private Optional<Integer> chunk = Optional.empty();

    @Option(
            names = "--duration",
            converter = DurationConverter.class,
            description = "Ends after so long, such as 10s. Default: records until Ctrl-C.")
    private Optional<Duration> duration = Optional.empty();

    @Override
    public Integer call() {
        Microphone microphone = microphone();
        microphone.requireDevice();
        Brokers brokers = topicOptions.reach();
        try (Stop stop = new Stop()) {
            long steps = microphone.run(brokers, topicOptions.topic(), stop);
            spec.commandLine().getOut().printf("%s -> topic %s%n", Names.count(steps, "step"), topicOptions.topic());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private Microphone microphone() {
        try {
            return new Microphone(
                    stream.orElseGet(() -> HostName.get() + "-mic"),
                    rateHz,
                    channels,
                    chunk.orElse(Math.max(1, rateHz / RECORDS_PER_SECOND)),
                    duration);
        } catch (RiffleException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }
}
