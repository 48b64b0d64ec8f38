package io.riffle.jobs.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.schemas.Chunk;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads files as the commands do. */
final class TestingInput {
    private TestingInput() {}

    static InputSettings withDt(double dt) {
        return InputSettings.NONE.withDt(OptionalDouble.of(dt));
    }

    static InputSettings resampledTo(double dt) {
        return new InputSettings(
                Optional.empty(), Optional.empty(), OptionalDouble.of(dt), Optional.empty(), true, Optional.empty());
    }

    static InputSettings withDataset(String name) {
        return new InputSettings(
                Optional.empty(), Optional.empty(), OptionalDouble.empty(), Optional.of(name), false, Optional.empty());
    }

    static List<Chunk> chunks(Path file, InputSettings settings) {
        List<Chunk> chunks = new ArrayList<>();
        try (ChunkInput input = new InputFile(file, settings).openSteps(stream -> 0)) {
            while (input.hasNext()) {
                chunks.add(input.next());
            }
        }
        return chunks;
    }

    /** All values of a file of one stream. */
    static float[] values(Path file, InputSettings settings) {
        List<Chunk> chunks = chunks(file, settings);
        int count = chunks.stream().mapToInt(chunk -> chunk.values().length).sum();
        float[] all = new float[count];
        int at = 0;
        long step = 0;
        for (Chunk chunk : chunks) {
            if (!chunk.stream().equals("0") || chunk.firstStep() != step) {
                throw new AssertionError("got " + chunk + ", expected stream 0 from step " + step);
            }
            System.arraycopy(chunk.values(), 0, all, at, chunk.values().length);
            at += chunk.values().length;
            step = chunk.endStep();
        }
        return all;
    }

    static void assertRefused(Path file, InputSettings settings, String message) {
        assertThatThrownBy(() -> chunks(file, settings))
                .isInstanceOf(RiffleException.class)
                .hasMessage("%s%s", file, message);
    }
}
