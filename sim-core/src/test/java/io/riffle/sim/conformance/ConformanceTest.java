package io.riffle.sim.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConformanceTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path CASES = Path.of("src/test/resources/conformance/cases");

    @TempDir
    Path directory;

    static List<Path> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void computesWhatWasRecorded(Path file) {
        CaseResult result = Conformance.replay(file);
        assertThat(result.failure()).isEmpty();
        assertThat(result.spikes()).isNotEqualTo(CaseResult.Spikes.DIFFERENT);
    }

    @Test
    void holdsTheRecordingsOfAllModulesThatExist() throws IOException {
        assertThat(cases()).hasSize(206);
        assertThat(cases().stream().map(Conformance::replay).filter(r -> r.spikes() == CaseResult.Spikes.EQUAL))
                .hasSize(110);
    }

    @ParameterizedTest
    @EnumSource
    void everyDeviationIsNeededByEachOfItsCases(Deviation deviation) throws IOException {
        for (Path file : cases()) {
            CaseFile recorded = CaseFile.read(file);
            Set<Deviation> deviations = Deviation.of(recorded.name(), recorded.backend());
            if (deviations.remove(deviation)) {
                assertThat(Conformance.replay(recorded, deviations).failure())
                        .as("%s without %s", file.getFileName(), deviation)
                        .isPresent();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyDeviationNamesCasesThatExist(Deviation deviation) throws IOException {
        List<String> files =
                cases().stream().map(file -> file.getFileName().toString()).toList();
        assertThat(deviation.cases()).allSatisfy(name -> assertThat(files)
                .anyMatch(file -> file.startsWith(name + "__") || file.equals(name + ".json")));
        assertThat(deviation.reason()).isNotBlank();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("lif_rec__torch", "output.data.40", 1.0, "output at [0, 6, 4] is 0.0, recorded 1.0"),
                change("lif_rec__torch", "record.spikes.data.0", 2.0, "spikes at [0, 0, 0] is 0.0, recorded 2.0"),
                change("lif_rec__torch", "record.vmem.data.0", 0.02, "vmem at [0, 0, 0] is 0.0074, recorded 0.02"),
                change(
                        "lif_rec__torch",
                        "record.vmem.shape.2",
                        5,
                        "a leaf has 720 values, but its shape is (1, 120, 5)"),
                change("lif_rec__torch", "state.spikes.data.0", 7, "state spikes[0] is 0.0, recorded 7.0"),
                change(
                        "lif_rec__torch",
                        "parameters.bias.data.0",
                        7,
                        "parameter bias is Tensor f32[6], recorded Tensor f32[6]"),
                change(
                        "lif_rec__torch",
                        "simulation_parameters.dt",
                        0.1,
                        "simulation parameter dt is 0.001, recorded 0.1"),
                change("lif_rec__torch", "repr", "LIF", "repr is LIF  with shape (6, 6), recorded LIF"),
                change("lif_rec__torch", "size_in", 7, "size_in is 6, recorded 7"),
                change("lif_rec__torch", "shape.0", 7, "shape is (6, 6), recorded (7, 6)"),
                change("lif_rec__torch", "spiking_output", 0, "spiking_output is true, recorded false"),
                change(
                        "lif_rec__torch",
                        "families.taus.0.0",
                        "bias",
                        "family taus is [tau_mem, tau_syn], recorded [bias, tau_syn]"),
                change(
                        "lif_rec__torch",
                        "network.module",
                        "LIFF",
                        "its network: there is no module 'LIFF', did you mean 'LIF'?"));
    }

    private static Arguments change(String name, String path, Object value, String reason) {
        return Arguments.of(name, path, value, reason);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("changes")
    void noticesEveryKindOfDifference(String name, String path, Object value, String reason) throws IOException {
        CaseResult result = replayChanged(name, root -> {
            String[] names = path.split("\\.");
            JsonNode at = root;
            for (int i = 0; i + 1 < names.length; i++) {
                at = at.isArray() ? at.get(Integer.parseInt(names[i])) : at.get(names[i]);
            }
            String last = names[names.length - 1];
            JsonNode node = JSON.valueToTree(value);
            if (at.isArray()) {
                ((ArrayNode) at).set(Integer.parseInt(last), node);
            } else {
                ((ObjectNode) at).set(last, node);
            }
        });
        assertThat(result.failure()).hasValueSatisfying(text -> assertThat(text).startsWith(reason));
    }

    @Test
    void noticesAStateOrARecordThatIsMissing() throws IOException {
        assertThat(replayChanged("lif_ff__torch", root -> ((ObjectNode) root.get("state")).remove("vmem"))
                        .failure())
                .contains("the set of states is [vmem, isyn, spikes], recorded [isyn, spikes]");
        assertThat(replayChanged("lif_ff__torch", root -> ((ObjectNode) root.get("record"))
                                .set("other", root.get("output")))
                        .failure())
                .contains("other is not recorded");
    }

    @Test
    void aCaseCanNameItsDeviationsItself() throws IOException {
        CaseResult none = replayChanged("updown__torch", root -> root.putArray("deviations"));
        assertThat(none.deviations()).isEmpty();
        assertThat(none.failure()).hasValueSatisfying(text -> assertThat(text).startsWith("the set of states is"));
        CaseResult one = replayChanged(
                "updown__torch", root -> root.putArray("deviations").add("REFERENCE_LEVEL_IS_STATE"));
        assertThat(one.deviations()).containsExactly(Deviation.REFERENCE_LEVEL_IS_STATE);
        assertThat(one.failure()).isEmpty();
        assertThat(replayChanged("lif_ff__torch", root -> root.putArray("deviations")
                                .add("ROUNDED_ONC"))
                        .failure())
                .contains("it names the deviation 'ROUNDED_ONC', did you mean 'ROUNDED_ONCE'?");
    }

    @Test
    void aMembraneIsComparedAsItWasBeforeItsReset() throws IOException {
        // Up to 12 spikes in a step: what would be too far from a value below the threshold is within rounding there.
        for (boolean spikes : new boolean[] {true, false}) {
            CaseResult result = replayChanged("lif_multi_spikes__torch", root -> {
                ArrayNode vmem = (ArrayNode) root.get("record").get("vmem").get("data");
                vmem.set(0, vmem.get(0).doubleValue() + 2e-3);
                if (!spikes) {
                    ((ObjectNode) root.get("record")).remove("spikes");
                }
            });
            assertThat(result.passed()).isEqualTo(spikes);
        }
    }

    @Test
    void aDifferentSpikeIsReportedAsSuch() throws IOException {
        CaseResult result = replayChanged(
                "lif_ff__numpy", root -> ((ArrayNode) root.get("output").get("data")).set(3, 1));
        assertThat(result.spikes()).isEqualTo(CaseResult.Spikes.DIFFERENT);
        assertThat(result.passed()).isFalse();
    }

    @Test
    void aFileThatIsNoCaseIsAFailureThatSaysWhy() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\"case\": }");
        assertThat(Conformance.replay(broken).failure())
                .hasValueSatisfying(text -> assertThat(text).contains("broken.json is no JSON", "line 1, column 10"));
        Path other = Files.writeString(directory.resolve("other.json"), "{\"module\": \"LIF\"}");
        assertThat(Conformance.replay(other).failure()).contains("it has no \"case\", so it is no recorded case");
    }

    private CaseResult replayChanged(String name, Consumer<ObjectNode> change) throws IOException {
        ObjectNode root =
                (ObjectNode) JSON.readTree(CASES.resolve(name + ".json").toFile());
        change.accept(root);
        Path changed = directory.resolve("changed.json");
        Files.writeString(changed, root.toString());
        return Conformance.replay(changed);
    }
}
