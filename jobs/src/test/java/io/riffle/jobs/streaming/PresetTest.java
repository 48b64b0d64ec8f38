package io.riffle.jobs.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.jobs.kafka.Brokers;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PresetTest {
    private static final Map<String, String> NONE = Map.of();

    @ParameterizedTest
    @EnumSource
    void whatAPresetSaysIsWhatKafkaAndFlinkAreSetTo(Preset preset) {
        KafkaEnds kafka = new KafkaEnds(new Brokers("127.0.0.1:9092"), settings(preset, NONE));
        assertThat(kafka.producerProperties())
                .containsAllEntriesOf(preset.transfer().producer());
        assertThat(kafka.consumerProperties())
                .containsAllEntriesOf(preset.transfer().consumer());
        StreamExecutionEnvironment environment = environment(settings(preset, NONE));
        assertThat(environment.getBufferTimeout())
                .isEqualTo(preset.transfer().bufferTimeout().toMillis());
        assertThat(environment.getCheckpointInterval())
                .isEqualTo(preset.checkpointInterval().toMillis());
    }

    @Test
    void whatPeopleSetByHandWins() {
        Map<String, String> byHand = Map.of("linger.ms", "3", "max.poll.records", "7");
        Map<String, String> flink = Map.of("execution.buffer-timeout.interval", "9 ms");
        JobSettings settings = settings(Preset.THROUGHPUT, flink);
        KafkaEnds kafka = new KafkaEnds(new Brokers("127.0.0.1:9092", byHand), settings);
        assertThat(kafka.producerProperties()).containsEntry("linger.ms", "3").containsEntry("batch.size", "262144");
        assertThat(kafka.consumerProperties())
                .containsEntry("max.poll.records", "7")
                .containsEntry("fetch.min.bytes", "65536");
        assertThat(environment(settings).getBufferTimeout()).isEqualTo(9);
        assertThat(settings.transfer().effective(byHand, flink))
                .containsEntry("linger.ms", "3")
                .containsEntry("max.poll.records", "7")
                .containsEntry("execution.buffer-timeout.interval", "9 ms")
                .containsEntry("batch.size", "262144");
    }

    @Test
    void whatOurPromisesDependOnCannotBeSetByHand() {
        Brokers brokers = new Brokers("127.0.0.1:9092", Map.of("isolation.level", "read_uncommitted"));
        assertThat(new KafkaEnds(brokers, settings(Preset.LOW_LATENCY, NONE)).consumerProperties())
                .containsEntry("isolation.level", "read_committed");
    }

    private static StreamExecutionEnvironment environment(JobSettings settings) {
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        JobConfiguration.apply(settings, environment);
        return environment;
    }

    private static JobSettings settings(Preset preset, Map<String, String> flink) {
        return new JobSettings(
                "job",
                1,
                preset.delivery(),
                preset.checkpointInterval(),
                Optional.empty(),
                Optional.empty(),
                StartFrom.EARLIEST,
                new FlinkSettings(StateBackend.HASHMAP, flink),
                preset.transfer());
    }
}
