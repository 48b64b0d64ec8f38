package io.riffle.sim.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.Recorder;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.Tree;
import io.riffle.sim.network.NetworkFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposedTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Arguments SYN_NET = Arguments.none()
            .with("n_channels", 2)
            .with("n_classes", 2)
            .with("size_hidden_layers", new int[] {3})
            .with("time_constants_per_layer", new int[] {2});
    private static final Arguments WAVE = Arguments.none()
            .with("dilations", new int[] {1, 4})
            .with("n_classes", 2)
            .with("n_channels_in", 2)
            .with("n_channels_res", 3)
            .with("n_channels_skip", 4)
            .with("n_hidden", 5)
            .with("kernel_size", 3);

    private static JsonNode recorded(String name) throws IOException {
        return JSON.readTree(
                Path.of("src/test/resources/conformance/cases", name + ".json").toFile());
    }

    private static Tensor input(int steps, int channels) {
        float[] values = new float[steps * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * 7 % 5) / 2f;
        }
        return Tensor.wrap(values, 1, steps, channels);
    }

    private static void writtenAndReadItIsTheSame(Module network) {
        Module copy = NetworkFile.parse(NetworkFile.write(network), "a copy");
        assertThat(copy).hasToString(network.toString());
        assertThat(copy.parameters()).isEqualTo(network.parameters());
        assertThat(copy.simulationParameters()).isEqualTo(network.simulationParameters());
        Tensor input = input(30, network.sizeIn());
        assertThat(copy.evolve(input).output())
                .isEqualTo(network.resetState().evolve(input).output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"softmax", "softmax_batch_nobias", "logsoftmax"})
    void aSoftmaxIsTheRecordedOneNormalisedInEachStep(String name) throws IOException {
        JsonNode recording = recorded(name + "__jax");
        Module module = NetworkFile.parse(recording.get("network").toString(), name);
        Tensor output = module.evolve(tensor(recording.get("input"))).output();
        float[] everything = tensor(recording.get("output")).toArray();
        boolean logarithm = name.startsWith("log");
        for (int row = 0; row < everything.length; row += module.sizeOut()) {
            double sum = 0;
            for (int n = 0; n < module.sizeOut(); n++) {
                sum += logarithm ? Math.exp(everything[row + n]) : everything[row + n];
            }
            for (int n = 0; n < module.sizeOut(); n++) {
                double expected = logarithm ? everything[row + n] - Math.log(sum) : everything[row + n] / sum;
                assertThat((double) output.toArray()[row + n]).isCloseTo(expected, within(1e-5));
            }
        }
    }

    private static Tensor tensor(JsonNode leaf) {
        JsonNode data = leaf.get("data");
        float[] values = new float[data.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.get(i).floatValue();
        }
        int[] shape = new int[leaf.get("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = leaf.get("shape").get(i).intValue();
        }
        return Tensor.wrap(values, shape);
    }

    @Test
    void aSynNetHasTimeConstantsThatGrowAndRepeat() {
        Module exact = new SynNet(SYN_NET.with("quantize_time_constants", false));
        assertThat(exact.simulationParameters().tensor("seq.0_neurons.tau_syn"))
                .isEqualTo(Tensor.wrap(new float[] {0.002f, 0.004f, 0.002f}, 3, 1));
        assertThat(exact.simulationParameters()
                        .tensor("seq.out_neurons.tau_mem")
                        .toArray())
                .containsExactly(0.002f);
        // exp(-1 / 2) = 0.61 is nearest to 1 - 2^-1, exp(-1 / 4) = 0.78 to 1 - 2^-2.
        Module quantised = new SynNet(SYN_NET);
        float[] taus =
                quantised.simulationParameters().tensor("seq.0_neurons.tau_syn").toArray();
        assertThat(StrictMath.exp(-0.001 / taus[0])).isCloseTo(0.5, within(1e-6));
        assertThat(StrictMath.exp(-0.001 / taus[1])).isCloseTo(0.75, within(1e-6));
    }

    @Test
    void aSynNetGivesTheMembranesOfItsReadoutIfAsked() {
        Module network = new SynNet(SYN_NET.with("output", "vmem"));
        assertThat(network.spikingOutput()).isFalse();
        Tree record = network.evolve(input(9, 2), Recorder.all()).record();
        Tensor output = network.resetState().evolve(input(9, 2)).output();
        assertThat(record.tensor("out_neurons.vmem")).isEqualTo(output);
        assertThat(record.tensor("out_neurons_output")).isEqualTo(record.tensor("out_neurons.spikes"));
        assertThat(record.tensor("0_linear_output").shape()).isEqualTo(Shape.of(1, 9, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "synnet",
                "synnet_chunks",
                "synnet_dropout_eval",
                "synnet_trainable",
                "synnet_two_layers",
                "synnet_vmem"
            })
    void aSynNetNeedsNoExpandedForm(String name) throws IOException {
        ObjectNode described = (ObjectNode) recorded(name + "__torch").get("network");
        Module with = NetworkFile.parse(described.toString(), "with");
        described.remove("expanded");
        Module without = NetworkFile.parse(described.toString(), "without");
        assertThat(without.parameters()).isEqualTo(with.parameters());
        assertThat(without.simulationParameters()).isEqualTo(with.simulationParameters());
        writtenAndReadItIsTheSame(with);
    }

    @Test
    void anExpandedFormThatSaysOtherwiseIsRefused() throws IOException {
        ObjectNode described = (ObjectNode) recorded("synnet__torch").get("network");
        described.put("threshold", 0.5);
        assertThatThrownBy(() -> NetworkFile.parse(described.toString(), "it"))
                .hasMessage("it: SynNet: expanded says otherwise about 0_neurons.threshold than the other arguments:"
                        + " 1.0 and 0.5");
    }

    @Test
    void whatWasSetInASynNetIsWrittenDown() {
        Module network = new SynNet(SYN_NET.with("train_threshold", true));
        assertThat(NetworkFile.write(network)).contains("weights").doesNotContain("seq");
        network.setAttributes(Tree.of("seq.0_neurons.threshold", 0.25).with("seq.0_neurons.bias", 0.5));
        assertThat(NetworkFile.write(network)).contains("seq").doesNotContain("weights");
        writtenAndReadItIsTheSame(network);
    }

    @Test
    void aPartThatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new SynNet(SYN_NET.with("seq", new LIF(2))))
                .hasMessageStartingWith("SynNet: argument 'seq' is")
                .hasMessageContaining("LIF  with shape (2, 2)")
                .hasMessageContaining("expected")
                .hasMessageContaining("Linear '0_linear' with shape (2, 3)");
        assertThatThrownBy(() -> new WaveSenseNet(
                        WAVE.with("lin1", new Linear(2, 3)).with("weights", Map.of("lin1", new double[2][3]))))
                .hasMessage("WaveSenseNet: 'lin1' is given whole and in weights, expected one of the two");
    }

    @Test
    void theSynapsesOfAWaveSenseBlockAreADilatedConvolution() {
        Module network = new WaveSenseNet(WAVE.with("base_tau_syn", 0.01));
        Tree constants = network.simulationParameters();
        assertThat(constants.tensor("wave0.spk1.tau_syn").toArray())
                .containsExactly(0.01f, 0.01f, 0.02f, 0.01f, 0.01f, 0.02f, 0.01f, 0.01f, 0.02f);
        assertThat(constants.tensor("wave1.spk1.tau_syn").toArray()).startsWith(0.01f, 0.04f, 0.08f);
        assertThat(constants.tensor("wave1.spk1.tau_mem").toArray()).containsExactly(0.08f);
        assertThat(network.parameters("weights").paths()).hasSize(9);
    }

    @Test
    void aWaveSenseBlockAddsItsInputToOneOfItsTwoOutputs() {
        Module block = new WaveSenseBlock(Arguments.shape(2).with("n_channels_skip", 3));
        Tensor input = input(20, 2);
        Tree record = block.evolve(input, Recorder.all()).record();
        Tensor output = block.resetState().evolve(input).output();
        assertThat(output).isEqualTo(record.tensor("spk2_res_output").plus(input));
        assertThat(record.tensor("spk2_skip_output").shape()).isEqualTo(Shape.of(1, 20, 3));
        assertThat(record.tensor("spk1_output")).isEqualTo(record.tensor("spk1.spikes"));
    }

    @Test
    void whatWasSetInAWaveSenseNetIsWrittenDown() {
        Module network = new WaveSenseNet(WAVE);
        assertThat(NetworkFile.write(network)).contains("weights").doesNotContain("LIF");
        writtenAndReadItIsTheSame(network);
        network.setAttributes(Tree.of("wave1.spk1.threshold", 0.25));
        writtenAndReadItIsTheSame(network);
    }

    @Test
    void aWaveSenseNetNamesWhatIsWrong() {
        assertThatThrownBy(() -> new WaveSenseNet(WAVE.without("n_hidden")))
                .hasMessage("WaveSenseNet: argument 'n_hidden' is missing");
        assertThatThrownBy(() -> new WaveSenseNet(WAVE.with("dilations", new int[0])))
                .hasMessage("WaveSenseNet: dilations are empty, expected one for each block");
        assertThatThrownBy(() -> new WaveSenseNet(WAVE.with("dilations", new int[] {0})))
                .hasMessage("WaveSenseNet: 'wave0': WaveSenseBlock: dilation is 0, expected at least 1");
        assertThatThrownBy(() -> new WaveSenseNet(WAVE.with("kernelsize", 3)))
                .hasMessage("WaveSenseNet has no argument 'kernelsize', did you mean 'kernel_size'?");
        assertThatThrownBy(() -> new WaveSenseNet(WAVE.with("weights", Map.of("wave0", Map.of("lin", 1)))))
                .hasMessage("WaveSenseNet: 'wave0': WaveSenseBlock: weights has no layer 'lin', did you mean 'lin1'?");
    }
}
