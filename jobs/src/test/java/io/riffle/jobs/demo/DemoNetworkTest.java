package io.riffle.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.Evolution;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import io.riffle.sim.modules.ExpSyn;
import io.riffle.sim.modules.Linear;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoNetworkTest {
    private static final int CHANNELS = 16;

    @TempDir
    private Path folder;

    @Test
    void theShippedNetworkTakesTheSixteenChannels() {
        DemoNetwork network = DemoNetwork.shipped();
        assertThat(network.module().sizeIn()).isEqualTo(CHANNELS);
        assertThat(network.readOutNames()).hasSize(network.module().sizeOut());
        assertThat(network.spikes()).hasValue("2_LIF.spikes");
        assertThat(network.plan().stageNames())
                .containsExactly("0_UpDown", "1_Linear", "2_LIF", "3_Linear", "4_ExpSyn");
        assertThat(network.plan().dt()).isEqualTo(0.01);
    }

    @Test
    void theShippedNetworkIsWhatItsScriptMakes() throws IOException, InterruptedException {
        Path made = folder.resolve("made.json");
        Process script = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "src/main/scripts/MakeDemoNetwork.java")
                .redirectOutput(made.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(script.waitFor()).isZero();
        try (var shipped = DemoNetwork.class.getResourceAsStream("demo-network.json")) {
            assertThat(Files.readString(made)).isEqualTo(new String(shipped.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void loadMakesItSpikeAndRestLetsItBeSilent() {
        DemoNetwork network = DemoNetwork.shipped();
        float[] idle = new float[CHANNELS];
        Arrays.fill(idle, 0.05f);
        float[] busy = new float[CHANNELS];
        Arrays.fill(busy, 0.9f);

        assertThat(spikesPerSecond(network, idle)).isZero();
        assertThat(spikesPerSecond(network, busy)).isGreaterThan(300);
        spikesPerSecond(network, idle); // what falls is heard as well
        assertThat(spikesPerSecond(network, idle)).isZero();
    }

    @Test
    void refusesANetworkForOtherChannels() {
        assertThatThrownBy(() -> DemoNetwork.of(new ExpSyn(4), Optional.empty(), CHANNELS))
                .isInstanceOf(RiffleException.class)
                .hasMessage("the network takes 4 channels, the sensors of the demo have 16: "
                        + "'riffle feed host --list --channels sixteen' names them");
    }

    @Test
    void takesANetworkWithoutSpikesAndWithoutDt() {
        DemoNetwork network = DemoNetwork.of(new Linear(CHANNELS, 1), Optional.empty(), CHANNELS);
        assertThat(network.spikes()).isEmpty();
        assertThat(network.readOutNames()).isEqualTo(List.of("output 0"));
        assertThat(network.plan().dt()).isEqualTo(0.01);
        assertThat(DemoTopics.of(network).recorded()).isEmpty();

        DemoNetwork faster = DemoNetwork.of(new Linear(CHANNELS, 1), Optional.of(0.005), CHANNELS);
        assertThat(faster.plan().dt()).isEqualTo(0.005);
    }

    /** One second of the same values. */
    private static double spikesPerSecond(DemoNetwork network, float[] values) {
        float[] second = new float[100 * CHANNELS];
        for (int step = 0; step < 100; step++) {
            System.arraycopy(values, 0, second, step * CHANNELS, CHANNELS);
        }
        Evolution evolution =
                network.module().evolve(Tensor.wrap(second, 100, CHANNELS), Recorder.only(List.of("2_LIF.spikes")));
        double sum = 0;
        for (float count : evolution.record().tensor("2_LIF.spikes").toArray()) {
            sum += count;
        }
        return sum;
    }
}
