package io.riffle.jobs;

import io.riffle.jobs.feed.MqttAddress;
import io.riffle.jobs.feed.MqttFeed;
import io.riffle.jobs.feed.MqttPayload;
import io.riffle.jobs.feed.MqttSettings;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code riffle feed mqtt://HOST/TOPICS --to TOPIC}: the messages of an MQTT broker. */
@Command(
        name = "mqtt",
        description = {
            "The messages of an MQTT broker (3.1.1), each a sample with the time of its arrival, or the next step of its "
                    + "stream. A broker that goes away is waited for."
        },
        footer = {
            "",
            "Examples:",
            "  riffle feed 'mqtt://broker/sensors/+/motion' --to sensors --stream '{2}' --fields x,y,z",
            "  riffle feed mqtts://user:password@broker/lab/arm --to sensors --payload float32 --dt 0.01"
        })
final class FeedMqttCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(
            paramLabel = "mqtt://HOST/TOPICS",
            converter = ToAddress.class,
            description =
                    "The broker and its topics, with + and #; mqtt://USER:PASSWORD@HOST:1883/.., mqtts:// by TLS.")
    private MqttAddress address;

    @Mixin
    private TopicOptions topicOptions;

    @Option(
            names = "--payload",
            defaultValue = "json",
            description =
                    "json: a number, an array of numbers, or an object with them; csv: numbers with commas; float32: "
                            + "little-endian floats. Default: ${DEFAULT-VALUE}.")
    private MqttPayload.Kind kind;

    @Option(
            names = "--fields",
            paramLabel = "NAME",
            split = ",",
            description = "The fields of a JSON object that are the channels. Default: all its numbers.")
    private List<String> fields = new ArrayList<>();

    @Option(
            names = "--time",
            paramLabel = "FIELD",
            description = "The field that says when it was measured: seconds since 1970, or ISO 8601. Default: when it "
                    + "arrives.")
    private Optional<String> time = Optional.empty();

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description =
                    "Name of the stream; {2} stands for the second level of the message's topic. Default: the topic.")
    private Optional<String> stream = Optional.empty();

    @Option(
            names = "--dt",
            paramLabel = "SECONDS",
            description = "Each message is the next step, of this length. Default: it is a sample.")
    private Optional<Double> dt = Optional.empty();

    @Option(
            names = "--qos",
            paramLabel = "0|1|2",
            defaultValue = "1",
            description = "Quality of service: 0 at most once, 1 at least once, 2 once. Default: ${DEFAULT-VALUE}.")
    private int qos;

    @Option(
            names = "--duration",
            converter = DurationConverter.class,
            description = "Ends after so long, such as 10s. Default: feeds until Ctrl-C.")
    private Optional<Duration> duration = Optional.empty();

    @Override
    public Integer call() {
        MqttSettings settings = settings();
        PrintWriter err = spec.commandLine().getErr();
        MqttFeed feed = new MqttFeed(address, settings, remark -> {
            err.println(remark);
            err.flush();
        });
        Brokers brokers = topicOptions.reach();
        try (Stop stop = new Stop()) {
            MqttFeed.Count count = feed.run(brokers, topicOptions.topic(), stop);
            spec.commandLine()
                    .getOut()
                    .printf(
                            "%s of %s -> topic %s, %d left out%n",
                            Names.count(count.fed(), "message"),
                            Names.count(count.streams(), "stream"),
                            topicOptions.topic(),
                            count.refused());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }

    private MqttSettings settings() {
        if (dt.isPresent() && !(dt.get() > 0 && dt.get() < Double.POSITIVE_INFINITY)) {
            throw new ParameterException(
                    spec.commandLine(), "--dt is %s, expected seconds above 0".formatted(dt.get()));
        }
        try {
            OptionalDouble step = dt.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
            return new MqttSettings(new MqttPayload(kind, fields, time), stream, qos, step, duration);
        } catch (RiffleException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private static final class ToAddress implements ITypeConverter<MqttAddress> {
        @Override
        public MqttAddress convert(String text) {
            try {
                return MqttAddress.parse(text);
            } catch (RiffleException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }
}
