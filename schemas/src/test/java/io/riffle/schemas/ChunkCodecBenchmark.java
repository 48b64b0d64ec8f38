package io.riffle.schemas;

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
 * What one record costs. From the root:
 *
 * <pre>
 * mvn -q -pl schemas -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 * java -cp schemas/target/classes:schemas/target/test-classes:sim-core/target/classes:$(cat schemas/target/classpath) \
 *     io.riffle.schemas.ChunkCodecBenchmark
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChunkCodecBenchmark {
    @Param({"10x16", "64x16", "1000x64"})
    private String shape;

    private Chunk chunk;
    private byte[] raster;
    private byte[] events;
    private ChunkEncoder encoder;
    private EventsEncoder eventsEncoder;
    private ChunkDecoder decoder;

    @Setup
    public void setUp() {
        String[] sizes = shape.split("x");
        int steps = Integer.parseInt(sizes[0]);
        int channels = Integer.parseInt(sizes[1]);
        chunk = TestingChunks.ramp("host-1", 1L << 40, steps, channels);
        encoder = new ChunkEncoder(0.001);
        eventsEncoder = new EventsEncoder(0.001);
        decoder = new ChunkDecoder(channels, 0.001);
        raster = encoder.encode(chunk);
        events = eventsEncoder.encode(sparse(chunk));
        if (!decoder.decode("host-1", raster).equals(chunk)) {
            throw new IllegalStateException("the decoder does not give back what was encoded");
        }
    }

    @Benchmark
    public byte[] encodeRaster() {
        return encoder.encode(chunk);
    }

    @Benchmark
    public Chunk decodeRaster() {
        return decoder.decode("host-1", raster);
    }

    @Benchmark
    public byte[] encodeEvents() {
        return eventsEncoder.encode(sparse(chunk));
    }

    @Benchmark
    public Chunk decodeEvents() {
        return decoder.decode("host-1", events);
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(ChunkCodecBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
    }

    /** One event per 16 cells. */
    private static Events sparse(Chunk chunk) {
        int size = chunk.values().length / 16;
        long[] step = new long[size];
        int[] channel = new int[size];
        float[] count = new float[size];
        for (int event = 0; event < size; event++) {
            step[event] = chunk.firstStep() + event * 16L / chunk.channels();
            channel[event] = event * 16 % chunk.channels();
            count[event] = 1;
        }
        return new Events(chunk.stream(), chunk.firstStep(), chunk.steps(), chunk.channels(), step, channel, count);
    }
}
