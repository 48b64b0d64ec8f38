package io.riffle.operators;

import com.sun.management.ThreadMXBean;
import io.riffle.operators.elements.OutboundRecord;
import io.riffle.operators.elements.RawRecord;
import io.riffle.operators.sequence.SequenceSettings;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.ChunkEncoder;
import io.riffle.sim.Arguments;
import io.riffle.sim.Init;
import io.riffle.sim.Module;
import io.riffle.sim.Shape;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.modules.LIF;
import io.riffle.sim.modules.Linear;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * What the operators cost: chunks are made, go through a job of one worker, and are thrown away; processor time and
 * garbage per record of the job's threads, beside a job that passes the same records through. From the root, with the
 * class path as for {@code ChunkCodecBenchmark}, but of the module operators:
 *
 * <pre>
 * java -cp .. io.riffle.operators.ChainBenchmark [linear|lif|small|large|wide|dense ..] [hashmap|rocksdb] [auto|on|off ..]
 *     [streams=1000] [steps=10] [repeats=3] [records=200000]
 * </pre>
 */
public final class ChainBenchmark {
    private static final double DT = 0.001;
    private static final int CHANNELS = 16;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ChainBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        List<String> networks = new ArrayList<>();
        String backend = "hashmap";
        List<Batching> batchings = new ArrayList<>();
        Map<String, Integer> numbers =
                new HashMap<>(Map.of("streams", 1000, "steps", 10, "repeats", 3, "records", 200_000));
        for (String argument : arguments) {
            if (argument.contains("=")) {
                String[] parts = argument.split("=");
                numbers.put(parts[0], Integer.valueOf(parts[1]));
            } else if (argument.equals("hashmap") || argument.equals("rocksdb")) {
                backend = argument;
            } else if (List.of("AUTO", "ON", "OFF").contains(argument.toUpperCase(Locale.ROOT))) {
                batchings.add(Batching.valueOf(argument.toUpperCase(Locale.ROOT)));
            } else {
                networks.add(argument);
            }
        }
        if (batchings.isEmpty()) {
            batchings.add(Batching.AUTO);
        }
        System.out.printf("%s, %s, per record:%n", backend, numbers);
        for (int repeat = 0; repeat < numbers.get("repeats"); repeat++) {
            Records records = new Records(numbers.get("streams"), numbers.get("steps"), numbers.get("records"));
            print("pass-through", records.measured, run(records, backend, Optional.empty(), Batching.OFF));
            for (String name : networks) {
                for (Batching batching : batchings) {
                    Module network = network(name);
                    print(
                            name + " " + batching,
                            records.measured,
                            run(records, backend, Optional.of(network), batching));
                }
            }
        }
    }

    private static Module network(String name) {
        return switch (name) {
            case "linear" -> new Sequential(linear(CHANNELS, CHANNELS, 0.5));
            case "lif" -> new Sequential(lif(CHANNELS, 0));
            case "small" ->
                new Sequential(
                        linear(CHANNELS, CHANNELS, 0.5),
                        lif(CHANNELS, 0.1),
                        linear(CHANNELS, CHANNELS, 0.5),
                        lif(CHANNELS, 0));
            case "large" -> new Sequential(linear(CHANNELS, 128, 0.5), lif(128, 0.02), linear(128, 8, 0.2), lif(8, 0));
            case "wide" ->
                new Sequential(linear(CHANNELS, 1024, 0.5), lif(1024, 0.005), linear(1024, 8, 0.1), lif(8, 0));
            case "dense" -> new Sequential(linear(CHANNELS, 1024, 0.5), linear(1024, 1024, 0.1), linear(1024, 8, 0.1));
            default -> throw new IllegalArgumentException("no network " + name);
        };
    }

    private static Linear linear(int sizeIn, int sizeOut, double deviation) {
        return new Linear(Arguments.shape(sizeIn, sizeOut)
                .with("weight", Init.normal(deviation, 1).create(Shape.of(sizeIn, sizeOut))));
    }

    private static LIF lif(int neurons, double recurrence) {
        Arguments arguments = Arguments.shape(neurons);
        return new LIF(
                recurrence == 0
                        ? arguments
                        : arguments
                                .with("has_rec", true)
                                .with("w_rec", Init.normal(recurrence, 2).create(Shape.of(neurons, neurons))));
    }

    private static Map<String, Usage> run(Records records, String backend, Optional<Module> network, Batching batching)
            throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        DataGeneratorSource<RawRecord> source =
                new DataGeneratorSource<>(records, 2L * records.measured + 1, TypeInformation.of(RawRecord.class));
        DataStream<RawRecord> raw = environment.fromSource(
                source, org.apache.flink.api.common.eventtime.WatermarkStrategy.noWatermarks(), "source");
        if (network.isEmpty()) {
            raw.map(record -> new OutboundRecord(record.key(), record.value(), record.timestamp()))
                    .returns(OutboundRecord.class)
                    .sinkTo(new DiscardingSink<>());
        } else {
            NetworkPlan plan = NetworkPlan.of(network.get(), OptionalDouble.of(DT), List.of(), 0)
                    .withBatching(batching);
            StreamingNetwork laid = StreamingNetwork.of(raw, plan, Optional.empty(), SequenceSettings.DEFAULT);
            laid.output().sinkTo(new DiscardingSink<>());
            laid.rejected().sinkTo(new DiscardingSink<>());
            laid.notices().sinkTo(new DiscardingSink<>());
        }
        environment.execute();
        return Records.usage();
    }

    private static void print(String name, long records, Map<String, Usage> threads) {
        long wall = threads.remove("wall").nanoseconds;
        StringBuilder line = new StringBuilder("%-17s %6d ns".formatted(name, wall / records));
        long bytes = 0;
        long nanoseconds = 0;
        for (Usage usage : threads.values()) {
            bytes += usage.bytes;
            nanoseconds += usage.nanoseconds;
        }
        line.append(" | all task threads %6d ns %6d B".formatted(nanoseconds / records, bytes / records));
        threads.forEach((thread, usage) -> line.append(" | %s.. %d ns %d B"
                .formatted(
                        thread.substring(0, Math.min(10, thread.length())),
                        usage.nanoseconds / records,
                        usage.bytes / records)));
        System.out.println(line);
    }

    private record Usage(long nanoseconds, long bytes) {}

    /** Makes the records of all streams in turns, and measures from the end of the warm-up to the last one. */
    private static final class Records implements GeneratorFunction<Long, RawRecord> {
        private static final long serialVersionUID = 1L;
        private static Map<String, Usage> start;
        private static Map<String, Usage> usage;

        private final int streams;
        private final int steps;
        private final long measured;
        private transient ChunkEncoder encoder;
        private transient float[][] values;

        private Records(int streams, int steps, long measured) {
            this.streams = streams;
            this.steps = steps;
            this.measured = measured;
        }

        private static Map<String, Usage> usage() {
            return usage;
        }

        @Override
        public RawRecord map(Long number) {
            if (encoder == null) {
                encoder = new ChunkEncoder(DT);
                values = new float[256][];
                Random random = new Random(1);
                for (int i = 0; i < values.length; i++) {
                    values[i] = new float[steps * CHANNELS];
                    for (int cell = 0; cell < values[i].length; cell++) {
                        values[i][cell] = random.nextInt(10) == 0 ? 1 : 0;
                    }
                }
            }
            if (number == measured) {
                start = now();
            } else if (number == 2 * measured) {
                usage = now();
                usage.replaceAll((thread, end) -> {
                    Usage begin = start.getOrDefault(thread, new Usage(0, 0));
                    return new Usage(end.nanoseconds - begin.nanoseconds, end.bytes - begin.bytes);
                });
                usage.values().removeIf(spent -> spent.nanoseconds == 0);
            }
            String stream = "stream-" + number % streams;
            long chunk = number / streams;
            byte[] value = encoder.encode(new Chunk(
                    stream, chunk * steps, steps, CHANNELS, values[(int) ((number * 31 + chunk) % values.length)]));
            return new RawRecord("in", 0, number, number, stream.getBytes(StandardCharsets.UTF_8), value);
        }

        private static Map<String, Usage> now() {
            Map<String, Usage> now = new HashMap<>();
            now.put("wall", new Usage(System.nanoTime(), 0));
            for (long id : THREADS.getAllThreadIds()) {
                var info = THREADS.getThreadInfo(id);
                if (info != null && info.getThreadName().endsWith("(1/1)#0")) {
                    now.put(
                            info.getThreadName(),
                            new Usage(THREADS.getThreadCpuTime(id), THREADS.getThreadAllocatedBytes(id)));
                }
            }
            return now;
        }
    }
}
