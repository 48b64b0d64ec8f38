package io.riffle.jobs.streaming;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the operators that touch Kafka are called, in a job and in what it stores. */
public final class KafkaOperators {
    public static final String SOURCE_UID = "source";

    /** The role of the sink of the network's output. */
    public static final String OUTPUT = "output";
    /** The role of the sink of recorded state, which a job need not have. */
    public static final String RECORDED = "recorded";

    private static final Pattern TOPIC = Pattern.compile("(?:Source: )?kafka (.*?)(?:: Writer|: Committer)?");

    private KafkaOperators() {}

    /** The uid of a sink. */
    public static String sinkUid(String role) {
        return "sink " + role;
    }

    /** The uid of the second operator that Flink makes of a sink, which commits what the first has written. */
    public static String committerUid(String role) {
        return "Sink Committer: " + sinkUid(role);
    }

    static String name(String topic) {
        return "kafka " + topic;
    }

    /** The topic that an operator of this name reads or writes. */
    public static Optional<String> topic(String operatorName) {
        Matcher matcher = TOPIC.matcher(operatorName);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
