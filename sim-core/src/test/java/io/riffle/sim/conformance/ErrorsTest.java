package io.riffle.sim.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import io.riffle.sim.network.NetworkFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the reference rejects is rejected, and what it accepts is accepted, but for what {@link Different} lists. */
class ErrorsTest {
    private static final Path FILE = Path.of("src/test/resources/conformance/errors.json");
    private static final String REJECTED = "rejected";

    /** Where Riffle differs on purpose, and why. There is no other place for such exceptions. */
    private enum Different {
        NO_STEPS_ARE_ACCEPTED(
                "an input of no time-steps is accepted everywhere",
                "jax LIF: 0 time-steps",
                "numpy ExpSyn: 0 time-steps"),
        EVERY_INPUT_IS_BATCHED(
                "an input is (T,), (T, N) or (B, T, N) for every module, the output always (B, T, N), and (T,) is one batch of"
                        + " T steps; nothing else is accepted",
                "jax LIF: 0-D input",
                "torch LIF: 1-D input",
                "torch ExpSyn: 1-D input",
                "jax ExpSyn: 1-D input",
                "torch UpDownTorch: 2-D input",
                "torch Residual: 1-D input, T != N",
                "numpy Residual: 1-D input, T != N",
                "jax Residual: 1-D input, T != N",
                "torch WaveSenseNet: 2-D input",
                "numpy ButterFilter: 1-D input",
                "numpy Linear: 4-D input",
                "jax Linear: 4-D input"),
        ONE_CHANNEL_STANDS_FOR_ALL(
                "one channel stands for all of them everywhere but in Linear",
                "torch UpDownTorch: last dimension 1 is NOT broadcast",
                "torch Linear: last dimension 1",
                "torch Linear: 1-D input"),
        NO_CHANNEL_IS_IGNORED(
                "a wrong number of channels is an error, no channel is dropped unseen",
                "numpy ButterFilter: input with 3 columns: only column 0 is used"),
        NOTHING_IS_SCRAMBLED(
                "a value of the right size but another shape is an error where it could be scrambled",
                "torch LIF: w_rec flat vector of the right size is reshaped",
                "numpy LIF: w_rec flat vector of the right size is reshaped",
                "jax LIF: w_rec flat vector of the right size is reshaped",
                "torch Linear: weight transposed is silently RESHAPED (row-major), not transposed",
                "numpy Linear: weight transposed is silently RESHAPED (row-major), not transposed",
                "jax Linear: weight transposed is silently RESHAPED (row-major), not transposed"),
        NOTHING_IS_IGNORED(
                "recurrent weights that would be ignored are an error, as numpy and Torch say",
                "jax LIF: w_rec without has_rec",
                "jax Rate: w_rec without has_rec"),
        ERRORS_COME_FIRST(
                "what fails in evolve for any input is an error of the constructor, as Jax says",
                "torch LIF: Nin not a multiple of Nout: construct",
                "numpy LIF: Nin not a multiple of Nout: construct",
                "numpy Sequential: empty"),
        WHOLE_NUMBERS_ARE_NUMBERS(
                "2.0 in a network file is the whole number 2, JSON has one kind of numbers",
                "numpy ButterFilter: order not an int");

        private final String reason;
        private final List<String> probes;

        Different(String reason, String... probes) {
            this.reason = reason;
            this.probes = List.of(probes);
        }

        static boolean holds(String probe) {
            return Arrays.stream(values()).anyMatch(different -> different.probes.contains(probe));
        }
    }

    @Test
    void acceptsAndRejectsWhatTheReferenceDoes() throws IOException {
        Map<String, String> wrong = new LinkedHashMap<>();
        List<String> differing = new ArrayList<>();
        int probes = 0;
        for (JsonNode probe : JsonMapper.builder().build().readTree(FILE.toFile())) {
            probes++;
            String ours = ours(probe);
            if (!ours.equals(recorded(probe))) {
                differing.add(name(probe));
                if (!Different.holds(name(probe))) {
                    wrong.put(name(probe), "recorded %s, but is %s".formatted(recorded(probe), ours));
                }
            }
        }
        for (Different different : Different.values()) {
            System.out.println(different.reason);
            different.probes.forEach(probe -> System.out.println("    " + probe));
        }
        assertThat(probes).isEqualTo(163);
        assertThat(wrong).isEmpty();
        assertThat(Arrays.stream(Different.values()).flatMap(different -> different.probes.stream()))
                .as("listed")
                .containsExactlyInAnyOrderElementsOf(differing);
    }

    private static String name(JsonNode probe) {
        return "%s %s: %s"
                .formatted(
                        probe.get("backend").asText(),
                        probe.get("network").get("module").asText(),
                        probe.get("what").asText());
    }

    private static String recorded(JsonNode probe) {
        if (probe.has("error")) {
            return REJECTED;
        }
        return probe.has("output_shape")
                ? "accepted, gives "
                        + batched(Values.shapeOf(probe.get("output_shape")).toArray())
                : "accepted";
    }

    /** The reference sometimes gives no batch axis; a batch of one is the same. */
    private static String batched(int[] shape) {
        return shape.length == 2 ? batched(new int[] {1, shape[0], shape[1]}) : Arrays.toString(shape);
    }

    private static String ours(JsonNode probe) {
        try {
            String network = ReferenceNames.ours(probe.get("network")).toString();
            Module module = NetworkFile.parse(network, "the network");
            if (probe.get("input_shape").isNull()) {
                return "accepted";
            }
            Tensor input = Tensor.zeros(Values.shapeOf(probe.get("input_shape")));
            return "accepted, gives "
                    + batched(module.evolve(input).output().shape().toArray());
        } catch (RiffleException wrong) {
            assertThat(wrong.getMessage()).isNotBlank();
            return REJECTED;
        }
    }
}
