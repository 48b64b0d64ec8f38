package io.riffle.sim.kernels;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.Tensor;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a chunk costs in one layer, in nanoseconds, by its width, how many of its neurons or inputs are active, and the steps
 * of a chunk; first with plain loops, then with the kernel of this machine. From the root:
 *
 * <pre>
 * mvn -q -pl sim-core test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp sim-core/target/classes:sim-core/target/test-classes:$(cat sim-core/target/classpath) \
 *     io.riffle.sim.kernels.LayerBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class LayerBenchmark {
    /** Chunks that differ, so that the processor cannot learn by heart who fires. */
    private static final int CHUNKS = 64;

    @Param({"8", "64", "128", "1024"})
    private int neurons;

    /** Percent. */
    @Param({"1", "10", "100"})
    private int activity;

    @Param({"1", "10", "100"})
    private int steps;

    private final Random random = new Random(3);
    private Tensor[] chunks;
    private Module linear;
    private Module recurrent;
    private ModuleState linearState;
    private ModuleState recurrentState;
    private int next;

    @Setup
    public void setUp() {
        linear = new Linear(Arguments.shape(neurons, neurons).with("weight", weights()));
        linearState = linear.newState(1);
        // Forgets within a step, so that just those fire whose input is active: 1 exp(-10) is above the threshold.
        recurrent = new LIF(Arguments.shape(neurons)
                .with("has_rec", true)
                .with("w_rec", weights())
                .with("tau_mem", 1e-4)
                .with("tau_syn", 1e-4)
                .with("threshold", 3e-5));
        recurrentState = recurrent.newState(1);
        chunks = new Tensor[CHUNKS];
        Arrays.setAll(chunks, i -> Tensor.wrap(input(), 1, steps, neurons));
    }

    private Tensor weights() {
        float[] weights = new float[neurons * neurons];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextGaussian() * 1e-3);
        }
        return Tensor.wrap(weights, neurons, neurons);
    }

    private float[] input() {
        float[] input = new float[steps * neurons];
        for (int i = 0; i < input.length; i++) {
            input[i] = random.nextInt(100) < activity ? 1 : 0;
        }
        return input;
    }

    @Benchmark
    public Tensor linear() {
        return linear.advance(chunks[next++ % CHUNKS], linearState, Recorder.NONE);
    }

    @Benchmark
    public Tensor recurrentLIF() {
        return recurrent.advance(chunks[next++ % CHUNKS], recurrentState, Recorder.NONE);
    }

    /** Figures are for each chunk: to be divided by its steps. */
    public static void main(String[] arguments) throws RunnerException {
        for (String kernel : List.of("-Driffle.kernel=plain", "-Driffle.kernel=vector")) {
            new Runner(new OptionsBuilder()
                            .include(LayerBenchmark.class.getSimpleName())
                            .jvmArgsAppend("--add-modules=jdk.incubator.vector", kernel)
                            .addProfiler(GCProfiler.class)
                            .build())
                    .run();
        }
    }
}
