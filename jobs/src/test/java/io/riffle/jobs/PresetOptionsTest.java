package io.riffle.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.jobs.streaming.Delivery;
import io.riffle.jobs.streaming.Preset;
import io.riffle.operators.Batching;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PresetOptionsTest {
    @Command
    private static final class AnyCommand {
        @Mixin
        private PresetOptions options;
    }

    @Test
    void withoutAChoiceTheOutputShowsOnceAndEverySecond() {
        PresetOptions options = parse();
        assertThat(options.preset()).isEqualTo(Preset.BALANCED);
        assertThat(options.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(options.checkpointInterval()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aPresetSetsWhatBelongsTogether() {
        PresetOptions options = parse("--low-latency");
        assertThat(options.preset()).isEqualTo(Preset.LOW_LATENCY);
        assertThat(options.delivery()).isEqualTo(Delivery.AT_LEAST_ONCE);
        assertThat(options.checkpointInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(parse("--throughput").delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
    }

    @Test
    void whatIsGivenByItselfWins() {
        PresetOptions options = parse("--low-latency", "--delivery", "exactly-once", "--checkpoint-interval", "100ms");
        assertThat(options.preset()).isEqualTo(Preset.LOW_LATENCY);
        assertThat(options.delivery()).isEqualTo(Delivery.EXACTLY_ONCE);
        assertThat(options.checkpointInterval()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void chunksAreEvolvedTogetherWhereThatPaysUnlessItIsSaid() {
        assertThat(parse().batching()).isEqualTo(Batching.AUTO);
        assertThat(parse("--throughput", "--batching", "OFF").batching()).isEqualTo(Batching.OFF);
    }

    @Test
    void twoPresetsAreAWrongCall() {
        assertThatThrownBy(() -> parse("--low-latency", "--throughput"))
                .hasMessageContaining("--low-latency, --throughput are mutually exclusive");
    }

    private static PresetOptions parse(String... arguments) {
        AnyCommand command = new AnyCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.options;
    }
}
