package io.riffle.jobs.streaming;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How long records wait for others on their way, so that many travel together.
 *
 * @param bufferTimeout between Flink's tasks, at most
 * @param linger in the producer, at most
 * @param batchBytes that the producer sends together, at most
 * @param fetchBytes that the broker collects before it answers, at most for {@code fetchWait}
 * @param fetchWait how long the broker waits for so many bytes
 * @param pollRecords that the consumer hands over at a time, at most
 */
public record Transfer(
        Duration bufferTimeout, Duration linger, int batchBytes, int fetchBytes, Duration fetchWait, int pollRecords) {
    public Transfer {
        requireNonNull(bufferTimeout, "bufferTimeout is null");
        requireNonNull(linger, "linger is null");
        requireNonNull(fetchWait, "fetchWait is null");
    }

    /** As Kafka's own settings; who sets one by hand gets that. */
    Map<String, String> consumer() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, Integer.toString(fetchBytes));
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Long.toString(fetchWait.toMillis()));
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, Integer.toString(pollRecords));
        return settings;
    }

    /** As Kafka's own settings; who sets one by hand gets that. */
    Map<String, String> producer() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, Long.toString(linger.toMillis()));
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(batchBytes));
        return settings;
    }

    Configuration flink() {
        Configuration settings = new Configuration();
        settings.set(ExecutionOptions.BUFFER_TIMEOUT, bufferTimeout);
        return settings;
    }

    /** All of it with what people set by hand, as it is printed when a job starts. */
    public Map<String, String> effective(Map<String, String> kafka, Map<String, String> flink) {
        Map<String, String> all = new LinkedHashMap<>();
        flink().toMap().forEach((key, value) -> all.put(key, flink.getOrDefault(key, value)));
        producer().forEach((key, value) -> all.put(key, kafka.getOrDefault(key, value)));
        consumer().forEach((key, value) -> all.put(key, kafka.getOrDefault(key, value)));
        return all;
    }
}
