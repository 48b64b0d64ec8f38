package io.riffle.jobs;

import io.riffle.jobs.demo.Demo;
import io.riffle.jobs.demo.DemoSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code riffle demo}: everything in one process, on this machine's own sensors. */
@Command(
        name = "demo",
        description = {
            "Runs a spiking network on this machine's live sensors: host sensors -> Kafka -> Flink -> Kafka -> a "
                    + "live picture. Nothing to install; all servers run in this process, on 127.0.0.1.",
            "Put some load on the machine in another terminal, and see the spikes. q or Ctrl-C ends."
        })
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Option(
            names = "--duration",
            converter = DurationConverter.class,
            description = "Ends after so long, such as 30s. Default: runs until q or Ctrl-C.")
    private Optional<Duration> duration = Optional.empty();

    @Option(
            names = "--network",
            paramLabel = "FILE",
            description =
                    "A network file (JSON or NIR) that takes the 16 channels of 'riffle feed host --channels sixteen'. "
                            + "Default: the one that ships with Riffle.")
    private Optional<Path> network = Optional.empty();

    @Mixin
    private NetworkOptions networkOptions;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            defaultValue = "riffle-demo.png",
            description = "Where the last seconds are drawn at the end. Default: ${DEFAULT-VALUE}.")
    private Path picture;

    @Option(names = "--plain", description = "One line per second, also in a terminal.")
    private boolean plain;

    @Option(
            names = "--chunk",
            paramLabel = "STEPS",
            defaultValue = "5",
            description = "Steps per Kafka record. Default: ${DEFAULT-VALUE}.")
    private int chunkSteps;

    @Option(
            names = "--kafka-port",
            defaultValue = "0",
            description = "Port of the embedded broker, for a tap in another terminal. Default: a free one.")
    private int kafkaPort;

    @Option(names = "--web-port", defaultValue = "0", description = "Port of Flink's web page. Default: a free one.")
    private int webPort;

    @Override
    public Integer call() throws InterruptedException {
        if (network.isEmpty() && networkOptions.dt().isPresent()) {
            throw new ParameterException(spec.commandLine(), "--dt is for a network of your own, expected --network");
        }
        DemoSettings settings = new DemoSettings(
                network.map(networkOptions::read),
                networkOptions.classPath(),
                networkOptions.dt(),
                duration,
                picture,
                plain,
                chunkSteps,
                kafkaPort,
                webPort);
        new Demo(settings, spec.commandLine().getOut()).run();
        return 0;
    }
}
