package io.riffle.operators;

import io.riffle.operators.elements.Admitted;
import io.riffle.operators.elements.RawRecord;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.Rejected;
import io.riffle.schemas.RejectedFormat;
import io.riffle.sim.Arguments;
import io.riffle.sim.Init;
import io.riffle.sim.Shape;
import io.riffle.sim.Tensor;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;

/** Networks and streams for tests, the same in every run. */
final class TestingNetworks {
    private TestingNetworks() {}

    /** Linear(3 to 8), recurrent LIF(8) with noise, Linear(8 to 2), LIF(2). */
    static Sequential recurrent() {
        return new Sequential(
                new Linear(
                        Arguments.shape(3, 8).with("weight", Init.normal(0.4, 1).create(Shape.of(3, 8)))),
                lif(),
                new Linear(
                        Arguments.shape(8, 2).with("weight", Init.normal(0.3, 2).create(Shape.of(8, 2)))),
                new LIF(2));
    }

    static LIF lif() {
        return new LIF(Arguments.shape(8)
                .with("has_rec", true)
                .with("w_rec", Init.normal(0.1, 3).create(Shape.of(8, 8)))
                .with("noise_std", 0.5));
    }

    /** A recurrent LIF(8) of halves and sixteenths, whose bits no change of a kernel or a decay can change. */
    static LIF exactLif() {
        float[][] recurrent = new float[8][8];
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                recurrent[i][j] = ((3 * i + 5 * j) % 7 - 3) / 16f;
            }
        }
        return new LIF(Arguments.shape(8)
                .with("leak_mode", "decays")
                .with("alpha", 0.5)
                .with("beta", 0.5)
                .with("has_rec", true)
                .with("w_rec", recurrent));
    }

    static Tensor input(int steps, int channels, long seed) {
        Random random = new Random(seed);
        float[] values = new float[steps * channels];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) == 0 ? 1 : 0;
        }
        return Tensor.wrap(values, 1, steps, channels);
    }

    /** A chunk as the sequencer gives it to the modules. */
    static Admitted admitted(Chunk chunk) {
        byte[] key = chunk.stream().getBytes(StandardCharsets.UTF_8);
        RawRecord record = new RawRecord("sensors", 1, chunk.firstStep(), 4711, key, new byte[] {1, 2, 3});
        return new Admitted(chunk, 4711, Admitted.Kind.SENT, false, record);
    }

    /** What stands in a topic of rejected records. */
    static List<Rejected> rejected(AbstractStreamOperatorTestHarness<?> harness) {
        var side = harness.getSideOutput(StreamingNetwork.REJECTED);
        return side == null
                ? List.of()
                : side.stream()
                        .map(record -> RejectedFormat.decode(record.getValue().value()))
                        .toList();
    }

    /** Cuts a signal (1, T, N) into chunks of these lengths, over and over. */
    static List<Chunk> chunks(String stream, Tensor signal, int... lengths) {
        List<Chunk> chunks = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < signal.steps(); i++) {
            int to = Math.min(signal.steps(), from + lengths[i % lengths.length]);
            float[] values = signal.steps(from, to).toArray();
            chunks.add(new Chunk(stream, from, to - from, signal.channels(), values));
            from = to;
        }
        return chunks;
    }
}
