package io.riffle.jobs.feed;

import io.riffle.sim.RiffleException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Topics of an MQTT broker: {@code mqtt://user:password@host:1883/sensors/+/temperature}.
 *
 * @param server as the client wants it, {@code tcp://host:1883}
 * @param filter the topics, in which + stands for one level and # for all that follow
 */
public record MqttAddress(String server, Optional<String> user, Optional<String> password, String filter) {
    private static final Pattern TEXT =
            Pattern.compile("(mqtts?)://(?:([^:/@]+)(?::([^/@]*))?@)?([^:/@]+|\\[[^]]+])(?::(\\d{1,5}))?/(.+)");

    /** @throws RiffleException if it is none */
    public static MqttAddress parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new RiffleException(
                    "'%s' is no address of topics, expected one such as mqtt://host:1883/sensors/#".formatted(text));
        }
        boolean secret = matcher.group(1).equals("mqtts");
        String port = Optional.ofNullable(matcher.group(5)).orElse(secret ? "8883" : "1883");
        return new MqttAddress(
                "%s://%s:%s".formatted(secret ? "ssl" : "tcp", matcher.group(4), port),
                Optional.ofNullable(matcher.group(2)),
                Optional.ofNullable(matcher.group(3)),
                matcher.group(6));
    }
}
