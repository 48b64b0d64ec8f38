package io.riffle.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.modules.ExpSyn;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.network.StateFile.StreamState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {
    private final Module network = new Sequential(new ExpSyn(2), new LIF(2));

    @TempDir
    Path directory;

    private Map<String, StreamState> read(String json) throws IOException {
        Path file = Files.writeString(directory.resolve("state.json"), json.replace('\'', '"'));
        return StateFile.read(file, network.stateLayout(""));
    }

    private void assertWrong(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(RiffleException.class)
                .hasMessage(
                        message.replace("FILE", directory.resolve("state.json").toString()));
    }

    @Test
    void looksAsDescribed() throws IOException {
        Path file = directory.resolve("state.json");
        StateFile.write(
                file, network.stateLayout(""), Map.of("a", new StreamState(7, new float[] {1, 2, 3, 4, 5, 6, 0.1f, 8
                })));
        assertThat(file)
                .hasContent("{\"format\":\"riffle.state/1\",\"streams\":{\"a\":{\"next_step\":7,\"state\":{"
                        + "\"0_ExpSyn.isyn\":{\"shape\":[2],\"data\":[1.0,2.0]},"
                        + "\"1_LIF.vmem\":{\"shape\":[2],\"data\":[3.0,4.0]},"
                        + "\"1_LIF.isyn\":{\"shape\":[2,1],\"data\":[5.0,6.0]},"
                        + "\"1_LIF.spikes\":{\"shape\":[2],\"data\":[0.1,8.0]}}}}}");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void everyBitSurvives() {
        Random random = new Random(5);
        Map<String, StreamState> written = new LinkedHashMap<>();
        for (int i = 0; i < 2000; i++) {
            float[] values = new float[8];
            for (int n = 0; n < 8; n++) {
                values[n] = Float.intBitsToFloat(random.nextInt());
                values[n] = Float.isNaN(values[n]) ? Float.NaN : values[n];
            }
            written.put("stream \"%d\" µ".formatted(i), new StreamState(random.nextLong() >>> 1, values));
        }
        written.put("odd", new StreamState(Long.MAX_VALUE, new float[] {
            -0f, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE, 1, 2, 3
        }));
        Path file = directory.resolve("state.json");
        StateFile.write(file, network.stateLayout(""), written);
        Map<String, StreamState> read = StateFile.read(file, network.stateLayout(""));
        assertThat(read.keySet()).containsExactlyElementsOf(written.keySet());
        written.forEach((stream, state) -> {
            assertThat(read.get(stream).nextStep()).isEqualTo(state.nextStep());
            assertThat(read.get(stream).values()).isEqualTo(state.values());
        });
    }

    @Test
    void aFileThatIsNoStateFileIsNamed() {
        assertThatThrownBy(() -> StateFile.read(directory.resolve("none.json"), network.stateLayout("")))
                .hasMessage("state file %s does not exist".formatted(directory.resolve("none.json")));
        assertWrong(
                "{'format': }",
                "FILE is no JSON: Unexpected character ('}' (code 125)): expected a value in line 1, column 12");
        assertWrong("null", "FILE is no state file: it has no \"format\" or no \"streams\"");
        assertWrong("{'module': 'LIF'}", "FILE is no state file: it has no \"format\" or no \"streams\"");
        assertWrong(
                "{'format': 'riffle.state/2', 'streams': {}}",
                "state file FILE has the format 'riffle.state/2', expected 'riffle.state/1'");
    }

    @Test
    void aStateOfAnotherNetworkIsNamedOnBothSides() {
        String start = "{'format': 'riffle.state/1', 'streams': {'a': ";
        assertWrong(
                start + "{'next_step': -1, 'state': {}}}}",
                "state file FILE, stream 'a': next_step is -1, expected 0 or more");
        assertWrong(start + "{'state': {}}}}", "state file FILE, stream 'a': it has no \"next_step\" or no \"state\"");
        assertWrong(
                start + "{'next_step': 1, 'state': {}}}}",
                "state file FILE, stream 'a': the state '0_ExpSyn.isyn' of shape (2,), which the network has, is missing");
        assertWrong(
                start + "{'next_step': 1, 'state': {'1_LIF.vmen': {}}}}}",
                "state file FILE, stream 'a': the network has no state '1_LIF.vmen', did you mean '1_LIF.vmem'?");
        assertWrong(
                start + "{'next_step': 1, 'state': {'0_ExpSyn.isyn': {'shape': [3], 'data': [1, 2, 3]}}}}}",
                "state file FILE, stream 'a': the state '0_ExpSyn.isyn' has the shape (3,) and 3 values, expected (2,) and 2");
        assertWrong(
                start + "{'next_step': 1, 'state': {'0_ExpSyn.isyn': {'shape': [2], 'data': [1]}}}}}",
                "state file FILE, stream 'a': the state '0_ExpSyn.isyn' has the shape (2,) and 1 value, expected (2,) and 2");
        assertThatThrownBy(() -> read(start + "{'next_step': 1.5}}}"))
                .hasMessageContaining("Floating-point value (1.5)");
        assertThatThrownBy(() ->
                        read(start + "{'next_step': 1, 'state': {'0_ExpSyn.isyn': {'shape': [1], 'data': ['x']}}}}}"))
                .hasMessageContaining("is no JSON: Cannot deserialize value of type `float` from String \"x\"");
    }
}
