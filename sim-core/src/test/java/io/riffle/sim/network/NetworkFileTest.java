package io.riffle.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.Arguments;
import io.riffle.sim.Constant;
import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.Residual;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.examples.FfwdNet;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import io.riffle.sim.modules.Rate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkFileTest {
    @TempDir
    Path directory;

    private static Module parse(String json) {
        return NetworkFile.parse(json.replace('\'', '"'), "net.json");
    }

    @Test
    void readsNestedModulesWithTheirArguments() {
        Module network = parse(
                """
                {'module': 'Sequential', 'modules': [
                    {'module': 'Linear', 'shape': [2, 3], 'weight': [[1, 2, 3], [4, 5, 6]], 'bias': null},
                    {'module': 'LIFTorch', 'shape': [3], 'tau_mem': 0.02, 'threshold': [1, 2, 3], 'constants': ['threshold']},
                    {'module': 'Residual', 'modules': [{'module': 'RateJax', 'shape': 3, 'activation_func': 'tanh'}]}]}
                """);
        assertThat(network)
                .hasToString(
                        """
                        Sequential  with shape (2, 3) {
                            Linear '0_Linear' with shape (2, 3)
                            LIF '1_LIF' with shape (3, 3)
                            Residual '2_Residual' with shape (3, 3) {
                                Rate '0_Rate' with shape (3,)
                            }
                        }""");
        assertThat(network.parameters().tensor("0_Linear.weight").toArray()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(network.simulationParameters().tensor("1_LIF.threshold").toArray())
                .containsExactly(1, 2, 3);
        assertThat(network.simulationParameters().get("2_Residual.0_Rate.act_fn"))
                .isEqualTo("tanh");
    }

    @Test
    void writesWhatItReadsToTheSameBits() {
        Module network = new Sequential(Arguments.none()
                .with("names", List.of("in", "middle", "out"))
                .with(
                        "modules",
                        List.of(
                                new FfwdNet(Arguments.shape(2, 3)
                                        .with("w_ffwd", new double[][] {{0.1, 1e-30, 3.4e38}, {-0.0, 1.0 / 3, 16777217}
                                        })
                                        .with("neurons", new Rate(3))),
                                new LIF(Arguments.shape(3)
                                        .with("tau_mem", Constant.of(0.1))
                                        .with("has_rec", true)),
                                new Residual(new Linear(Arguments.shape(3, 3).with("has_bias", true))))));
        String json = NetworkFile.write(network);
        Module copy = parse(json);
        assertThat(copy).hasToString(network.toString());
        assertThat(copy.parameters()).isEqualTo(network.parameters());
        assertThat(copy.simulationParameters()).isEqualTo(network.simulationParameters());
        assertThat(NetworkFile.write(copy)).isEqualTo(json);
    }

    @Test
    void writesWhatWasSet() {
        Module rate = new Rate(2);
        rate.setAttributes(
                io.riffle.sim.Tree.of("tau", new float[] {0.1f, 0.2f}).with("dt", 0.002));
        assertThat(NetworkFile.write(rate))
                .isEqualTo("{\"module\":\"Rate\",\"shape\":[2],\"tau\":[0.1,0.2],\"bias\":[0.0,0.0],"
                        + "\"threshold\":[0.0,0.0],\"has_rec\":false,\"dt\":0.002,\"noise_std\":0.0,"
                        + "\"activation_func\":\"relu\"}");
    }

    @Test
    void anOwnModuleIsNamedByItsClass() {
        Module module = parse("{'module': 'io.riffle.sim.examples.FfwdNet', 'shape': [2, 3],"
                + " 'neurons': {'module': 'Rate', 'shape': [3]}}");
        assertThat(module).isInstanceOf(FfwdNet.class);
        assertThat(NetworkFile.write(module)).startsWith("{\"module\":\"io.riffle.sim.examples.FfwdNet\"");
    }

    @Test
    void numbersInArraysAreReadStraightToFloat() {
        // Halfway between two floats but for the last digit: by way of a double it would round down.
        Tensor weight = parse("{'module': 'Linear', 'shape': [1, 1], 'weight': [[1.00000005960464477540]]}")
                .parameters()
                .tensor("weight");
        assertThat(weight.toArray()).containsExactly(1.0000001f);
    }

    record Wrong(String json, String message) {}

    static List<Wrong> wrong() {
        return List.of(
                new Wrong("", "net.json is empty, expected a network"),
                new Wrong("[1, 2]", "net.json is no network, expected an object like {\"module\": \"LIF\", ..}"),
                new Wrong(
                        "{'shape': [3]}", "net.json is no network, expected an object like {\"module\": \"LIF\", ..}"),
                new Wrong("{'module': 'LIF', 'shape': [3]} 5", "net.json: there is more text after the network"),
                new Wrong(
                        "{'module': 'LIF',\n 'shape': [3,, 4]}",
                        "net.json is no JSON: Unexpected character (',' (code 44)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false') in line 2, column 14"),
                new Wrong(
                        "{'module': 'LIF',\n 'shape': [3",
                        "net.json is no JSON: Unexpected end-of-input: expected close marker for Array (start marker at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 2, column: 11]) in line 2, column 13"),
                new Wrong(
                        "{'module': 'LIFF', 'shape': [3]}",
                        "net.json: there is no module 'LIFF', did you mean 'LIF'? (an own module is named by its full Java class name and must be on the class path)"),
                new Wrong(
                        "{'module': 'java.lang.String'}",
                        "net.json: class java.lang.String is no module, expected a subclass of io.riffle.sim.Module"),
                new Wrong(
                        "{'module': 'io.riffle.sim.Module'}",
                        "net.json: module class io.riffle.sim.Module is abstract, expected one that can be constructed"),
                new Wrong(
                        "{'module': 'LIF', 'shape': [3], 'tau_men': 1}",
                        "net.json: LIF has no argument 'tau_men', did you mean 'tau_mem'?"),
                new Wrong("{'module': 'LIF', 'shape': [3], 'shape': [4]}", "net.json: 'shape' stands there twice"),
                new Wrong("{'module': 'LIF', 'module': 'Rate', 'shape': [4]}", "net.json: 'module' stands there twice"),
                new Wrong("{'module': 'LIF'}", "net.json: LIF: argument 'shape' is missing"),
                new Wrong(
                        "{'module': 'LIF', 'shape': [3], 'constants': ['tau_mem']}",
                        "net.json: LIF: the constant 'tau_mem' is not given, expected one of [shape]"),
                new Wrong(
                        "{'module': 'LIF', 'shape': [3], 'constants': 'bias'}",
                        "net.json: LIF: argument 'constants' is 'bias', expected a list of strings"),
                new Wrong(
                        "{'module': 'Linear', 'shape': [2, 2], 'weight': [[1, 2], [3]]}",
                        "net.json: Linear: argument 'weight': row 1 has the shape (1,), expected (2,) like row 0"),
                new Wrong(
                        "{'module': 'Linear', 'shape': [2, 3], 'weight': [[1, 2], [3, 4], [5, 6]]}",
                        "net.json: Linear: weight has the shape (3, 2), expected (2, 3)"),
                new Wrong(
                        "{'module': 'Linear', 'shape': [1, 1], 'weight': [[1e50]]}",
                        "net.json: Linear: weight holds a value that is not finite, expected numbers"),
                new Wrong(
                        "{'module': 'Sequential', 'modules': [{'module': 'Linear', 'shape': [2, 3]}, {'module': 'LIF', 'shape': [4]}]}",
                        "net.json: Sequential: '0_Linear' gives 3 channels, but '1_LIF' takes 4"),
                new Wrong(
                        "{'module': 'Sequential', 'modules': [{'module': 'Linear', 'shape': [2, 3]}, {'module': 'LIF', 'shape': [3], 'dt': 'fast'}]}",
                        "net.json at modules[1]: LIF: argument 'dt': 'fast' is no number and no array of numbers"),
                new Wrong(
                        "{'module': 'Sequential', 'modules': [{'shape': [2, 3]}]}",
                        "net.json: Sequential: argument 'modules[0]' is an object without \"module\", expected a module"),
                new Wrong(
                        "{'module': 'Sequential', 'modules': [{'module': 'Rate', 'shape': [1]}, {'module': 'Rate', 'shape': [1]}], 'names': ['a', 'a']}",
                        "net.json: Sequential: the name 'a' is given to two modules"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aMistakeIsOneSentenceThatSaysWhere(Wrong wrong) {
        assertThatThrownBy(() -> parse(wrong.json))
                .isInstanceOf(RiffleException.class)
                .hasMessage(wrong.message);
    }

    @Test
    void aFileThatIsNotThereOrNoTextIsNamed() throws IOException {
        Path missing = directory.resolve("missing.json");
        assertThatThrownBy(() -> NetworkFile.read(missing)).hasMessage("network file " + missing + " does not exist");
        Path binary = Files.write(directory.resolve("binary.json"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> NetworkFile.read(binary))
                .hasMessage(binary + " is no JSON: it is not a text in UTF-8");
        assertThatThrownBy(() -> NetworkFile.read(directory))
                .hasMessageStartingWith("network file " + directory + " cannot be read");
        Path good = Files.writeString(directory.resolve("good.json"), "{\"module\": \"LIF\", \"shape\": 2}");
        assertThat(NetworkFile.read(good).sizeIn()).isEqualTo(2);
    }
}
