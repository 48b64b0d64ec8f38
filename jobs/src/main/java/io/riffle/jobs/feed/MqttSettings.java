package io.riffle.jobs.feed;

import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How messages become records.
 *
 * @param stream the name of the stream, in which {N} stands for the N-th level of the message's topic; absent: the topic
 * @param qos 0: at most once, 1: at least once, 2: once
 * @param dt each message is the next step, of so many seconds; absent: it is a sample with a time
 * @param duration how long to feed; absent: until stopped
 */
public record MqttSettings(
        MqttPayload payload, Optional<String> stream, int qos, OptionalDouble dt, Optional<Duration> duration) {
    private static final Pattern LEVEL = Pattern.compile("\\{(\\d{1,3})}");

    public MqttSettings {
        if (qos < 0 || qos > 2) {
            throw new RiffleException("quality of service %d, expected 0, 1 or 2".formatted(qos));
        }
        if (dt.isPresent() && payload.time().isPresent()) {
            throw new RiffleException("messages are steps or have times, expected --dt or --time");
        }
    }

    /** @param topic of a message */
    String streamOf(String topic) {
        String[] levels = topic.split("/", -1);
        return stream.map(name -> LEVEL.matcher(name).replaceAll(level -> {
                    int number = Integer.parseInt(level.group(1));
                    if (number < 1 || number > levels.length) {
                        throw new RiffleException("topic %s has %d levels, expected a level %d for the stream's name"
                                .formatted(topic, levels.length, number));
                    }
                    return Matcher.quoteReplacement(levels[number - 1]);
                }))
                .orElse(topic);
    }
}
