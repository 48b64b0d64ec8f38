package io.riffle.jobs;

import io.riffle.jobs.feed.FeedProgress;
import io.riffle.jobs.feed.FeedSettings;
import io.riffle.jobs.feed.HostChannel;
import io.riffle.jobs.feed.HostFeed;
import io.riffle.jobs.feed.HostLayout;
import io.riffle.jobs.feed.HostName;
import io.riffle.jobs.feed.HostSensors;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.sim.RiffleException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code riffle feed host --to TOPIC}: this machine's own sensors. */
@Command(
        name = "host",
        description = {
            "This machine's own sensors: CPUs, context switches, interrupts, memory, disks, network, ...",
            "One stream, named after the machine; a stream that the topic holds already is continued."
        })
final class FeedHostCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @ArgGroup(multiplicity = "1")
    private Destination destination;

    @Mixin
    private BrokerOptions brokerOptions;

    @Option(
            names = "--partitions",
            defaultValue = "1",
            description = "Partitions, if the topic has to be created. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(names = "--stream", paramLabel = "NAME", description = "Name of the stream. Default: the machine's name.")
    private Optional<String> stream = Optional.empty();

    @Option(
            names = "--channels",
            paramLabel = "LAYOUT",
            defaultValue = "PER_CPU",
            description = "per_cpu: one channel per logical CPU and the rest; sixteen: the same 16 channels on every "
                    + "machine, for a network that fits all. Default: per_cpu.")
    private HostLayout layout;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            defaultValue = "100",
            description = "Samples per second; a step is 1/HZ seconds. Default: ${DEFAULT-VALUE}.")
    private double rateHz;

    @Option(
            names = "--chunk",
            paramLabel = "STEPS",
            defaultValue = "5",
            description = "Steps per Kafka record. Default: ${DEFAULT-VALUE}.")
    private int chunkSteps;

    @Option(
            names = "--duration",
            converter = DurationConverter.class,
            description = "Ends after so long, such as 10s. Default: feeds until Ctrl-C.")
    private Optional<Duration> duration = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "Prints only errors.")
    private boolean quiet;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (destination.listOnly) {
            try (HostSensors sensors = new HostSensors(layout)) {
                printChannels(out, sensors.channels());
            }
            return 0;
        }
        FeedSettings settings = settings();
        Brokers brokers = brokerOptions.reach();
        brokers.createIfMissing(destination.topic, partitions);
        try (HostSensors sensors = new HostSensors(layout);
                Stop stop = new Stop()) {
            HostFeed feed = new HostFeed(brokers, destination.topic, settings, sensors);
            if (quiet) {
                feed.run(stop, progress -> {});
                return 0;
            }
            printChannels(out, sensors.channels());
            out.printf(
                    Locale.ROOT,
                    "stream %s -> topic %s at %s, %s Hz, %d steps per record; Ctrl-C ends%n",
                    settings.stream(),
                    destination.topic,
                    brokers.servers(),
                    rateHz,
                    chunkSteps);
            out.flush();
            FeedProgress end = feed.run(stop, progress -> printProgress(out, progress));
            printProgress(out, end);
            return 0;
        }
    }

    private FeedSettings settings() {
        try {
            return new FeedSettings(stream.orElseGet(HostName::get), 1 / rateHz, chunkSteps, duration);
        } catch (RiffleException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static void printChannels(PrintWriter out, List<HostChannel> channels) {
        out.println("channel  name            0..1");
        for (int index = 0; index < channels.size(); index++) {
            HostChannel channel = channels.get(index);
            out.printf(Locale.ROOT, "%7d  %-14s  %s%n", index, channel.name(), channel.meaning());
        }
        out.flush();
    }

    private void printProgress(PrintWriter out, FeedProgress progress) {
        StringBuilder values = new StringBuilder();
        for (float value : progress.values()) {
            values.append(String.format(Locale.ROOT, " %.2f", value));
        }
        out.printf(
                Locale.ROOT,
                "step %d, %.1f s fed, %d steps repeated:%s%n",
                progress.firstStep() + progress.steps(),
                progress.steps() / rateHz,
                progress.repeatedSteps(),
                values);
        out.flush();
    }

    private static final class Destination {
        @Option(
                names = "--to",
                paramLabel = "TOPIC",
                required = true,
                description = "The topic; it is created if missing.")
        private String topic;

        @Option(names = "--list", required = true, description = "Prints the channels, and needs no Kafka.")
        private boolean listOnly;
    }
}
