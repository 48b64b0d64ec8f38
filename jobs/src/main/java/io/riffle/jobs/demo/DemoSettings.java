package io.riffle.jobs.demo;

import static java.util.Objects.requireNonNull;

import io.riffle.jobs.streaming.OwnClassPath;
import io.riffle.sim.Module;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a person may choose about the demo.
 *
 * @param network instead of the one that ships
 * @param classPath where the modules of one's own in it are
 * @param dt seconds, of a network that names none
 * @param duration after which it ends; nothing: until stopped
 * @param picture where the last seconds are drawn
 * @param plain lines instead of a picture on the terminal
 * @param chunkSteps steps per Kafka record
 * @param kafkaPort of the broker, 0 takes a free one
 * @param webPort of Flink's page, 0 takes a free one
 */
public record DemoSettings(
        Optional<Module> network,
        OwnClassPath classPath,
        Optional<Double> dt,
        Optional<Duration> duration,
        Path picture,
        boolean plain,
        int chunkSteps,
        int kafkaPort,
        int webPort) {
    public DemoSettings {
        requireNonNull(network, "network is null");
        requireNonNull(classPath, "classPath is null");
        requireNonNull(dt, "dt is null");
        requireNonNull(duration, "duration is null");
        requireNonNull(picture, "picture is null");
    }
}
