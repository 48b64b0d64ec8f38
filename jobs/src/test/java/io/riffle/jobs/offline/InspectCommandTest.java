package io.riffle.jobs.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    private static final String NETWORK =
            """
            {"module": "Sequential", "modules": [
                {"module": "Linear", "shape": [2, 3], "weight": [[1, 2, 3], [-4, 5, 6]]},
                {"module": "LIF", "shape": [3], "tau_mem": 0.02, "threshold": [1, 2, 3], "constants": ["threshold"]}]}
            """;

    @TempDir
    Path directory;

    private final TestingCommandLine command = new TestingCommandLine(new InspectCommand());

    private Path network(String json) throws IOException {
        return Files.writeString(directory.resolve("net.json"), json);
    }

    @Test
    void printsWhatThereIsToKnow() throws IOException {
        assertThat(command.run(network(NETWORK))).isZero();
        assertThat(command.out())
                .isEqualTo(
                        """
                        Sequential  with shape (2, 3) {
                            Linear '0_Linear' with shape (2, 3)
                            LIF '1_LIF' with shape (3, 3)
                        }

                        in           2 channels
                        out          3 channels of events
                        time-step    0.001 s
                        parameters   13 values
                        state        9 values, 36 bytes per stream

                        PARAMETER        SHAPE   FAMILY   VALUES
                        0_Linear.weight  (2, 3)  weights  -4.0 .. 6.0
                        1_LIF.tau_mem    ()      taus     0.02
                        1_LIF.tau_syn    (3, 1)  taus     0.02
                        1_LIF.bias       (3,)    bias     0.0

                        STATE         SHAPE
                        1_LIF.vmem    (3,)
                        1_LIF.isyn    (3, 1)
                        1_LIF.spikes  (3,)

                        SIMULATION PARAMETER     VALUE
                        1_LIF.threshold          1.0 .. 3.0 (3,)
                        1_LIF.has_rec            false
                        1_LIF.dt                 0.001
                        1_LIF.noise_std          0.0
                        1_LIF.max_spikes_per_dt  65536.0

                        RECORD           SHAPE OF A STEP
                        0_Linear_output  (3,)
                        1_LIF.vmem       (3,)
                        1_LIF.isyn       (3, 1)
                        1_LIF.irec       (3, 1)
                        1_LIF.spikes     (3,)
                        1_LIF_output     (3,)
                        """);
    }

    @Test
    void leavesOutWhatTheNetworkHasNot() throws IOException {
        assertThat(command.run(network("{\"module\": \"Instant\", \"shape\": [1]}")))
                .isZero();
        assertThat(command.out())
                .isEqualTo(
                        """
                        Instant  with shape (1,)

                        in           1 channel
                        out          1 channel
                        time-step    any
                        parameters   0 values
                        state        0 values, 0 bytes per stream

                        SIMULATION PARAMETER  VALUE
                        function              identity
                        """);
    }

    @Test
    void printsTheSameAsJson() throws IOException {
        assertThat(command.run(network(NETWORK), "--json")).isZero();
        JsonNode json = JsonMapper.builder().build().readTree(command.out());
        assertThat(json.get("text").asText()).startsWith("Sequential  with shape (2, 3) {\n");
        assertThat(json.get("size_in").intValue()).isEqualTo(2);
        assertThat(json.get("dt")).hasToString("[0.001]");
        assertThat(json.get("state_bytes").intValue()).isEqualTo(36);
        assertThat(json.get("parameters").get(0))
                .hasToString(
                        "{\"path\":\"0_Linear.weight\",\"shape\":[2,3],\"family\":\"weights\",\"min\":-4.0,\"max\":6.0}");
        assertThat(json.get("states").get(1)).hasToString("{\"path\":\"1_LIF.isyn\",\"shape\":[3,1]}");
        assertThat(json.get("simulation_parameters").get("1_LIF.has_rec").booleanValue())
                .isFalse();
        assertThat(json.get("simulation_parameters")
                        .get("1_LIF.threshold")
                        .get("max")
                        .intValue())
                .isEqualTo(3);
        assertThat(json.get("recordable").get(1)).hasToString("{\"path\":\"1_LIF.vmem\",\"shape\":[3]}");
    }

    @Test
    void aNetworkThatCannotBeReadIsOneSentence() throws IOException {
        assertThat(command.run(directory.resolve("none.json"))).isEqualTo(1);
        assertThat(command.err())
                .isEqualTo("network file %s does not exist\n".formatted(directory.resolve("none.json")));
        TestingCommandLine again = new TestingCommandLine(new InspectCommand());
        Path file = network("{\"module\": \"LIFF\"}");
        assertThat(again.run(file)).isEqualTo(1);
        assertThat(again.err()).startsWith(file + ": there is no module 'LIFF', did you mean 'LIF'?");
    }
}
