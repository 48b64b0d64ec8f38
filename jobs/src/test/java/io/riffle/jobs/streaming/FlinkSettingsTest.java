package io.riffle.jobs.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.RiffleException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class FlinkSettingsTest {
    private static final String UNALIGNED = "execution.checkpointing.unaligned.enabled";

    @Test
    void makesCheckpointsOfRocksDbIncremental() {
        Configuration rocksdb = new FlinkSettings(StateBackend.ROCKSDB, Map.of()).configuration();
        assertThat(rocksdb.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isTrue();
        Configuration hashmap = FlinkSettings.DEFAULTS.configuration();
        assertThat(hashmap.get(CheckpointingOptions.INCREMENTAL_CHECKPOINTS)).isFalse();
    }

    @Test
    void passesOnAnySettingOfFlink() {
        Map<String, String> own = Map.of("execution.checkpointing.timeout", "3 min");
        assertThat(new FlinkSettings(StateBackend.HASHMAP, own)
                        .configuration()
                        .get(CheckpointingOptions.CHECKPOINTING_TIMEOUT))
                .isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void refusesWhatOptionsGiveOrPromisesNeed() {
        assertRefused(
                "execution.checkpointing.interval",
                "the Flink setting execution.checkpointing.interval is given by --checkpoint-interval");
        // an older key of execution.checkpointing.dir
        assertRefused(
                "state.checkpoints.dir", "the Flink setting execution.checkpointing.dir is given by --checkpoint-dir");
        assertRefused("pipeline.object-reuse", "the Flink setting pipeline.object-reuse is always true in Riffle");
    }

    private static void assertRefused(String key, String sentence) {
        assertThatThrownBy(() -> new FlinkSettings(StateBackend.HASHMAP, Map.of(key, "1")))
                .isInstanceOf(RiffleException.class)
                .hasMessage(sentence);
    }

    @Test
    void refusesASettingWithoutKeyOrValue() {
        assertThatThrownBy(() -> new FlinkSettings(StateBackend.HASHMAP, Map.of("", "1")))
                .hasMessage("the Flink setting '=1' lacks a key or a value, expected KEY=VALUE");
    }

    @Test
    void refusesUnalignedCheckpointsForAtLeastOnce() {
        FlinkSettings unaligned = new FlinkSettings(StateBackend.HASHMAP, Map.of(UNALIGNED, "true"));
        assertThat(settings(Delivery.EXACTLY_ONCE, unaligned).flink()).isEqualTo(unaligned);
        assertThatThrownBy(() -> settings(Delivery.AT_LEAST_ONCE, unaligned))
                .hasMessage("unaligned checkpoints are only for the delivery exactly-once, but it is at-least-once");
        assertThatThrownBy(() -> settings(
                        Delivery.EXACTLY_ONCE, new FlinkSettings(StateBackend.HASHMAP, Map.of(UNALIGNED, "maybe"))))
                .hasMessage("the Flink setting " + UNALIGNED + " is 'maybe', expected a Boolean");
    }

    private static JobSettings settings(Delivery delivery, FlinkSettings flink) {
        return new JobSettings(
                "job",
                1,
                delivery,
                Duration.ofSeconds(1),
                Optional.empty(),
                Optional.empty(),
                StartFrom.EARLIEST,
                flink);
    }
}
