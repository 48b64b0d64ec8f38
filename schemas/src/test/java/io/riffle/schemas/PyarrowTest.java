package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.ChunkFileWriter.Encapsulation;
import io.riffle.sim.testing.Python;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python reads what we write. Needs a python with pyarrow. */
class PyarrowTest {
    @TempDir
    private Path folder;

    /** Before each, so that each is counted as skipped. */
    @BeforeEach
    void needsPyarrow() {
        Python.assumeHas("pyarrow.ipc");
    }

    @Test
    void readsARaster() throws IOException {
        Files.write(folder.resolve("value"), new ChunkEncoder(0.02).encode(TestingChunks.ramp("a", 1L << 40, 2, 3)));
        assertThat(python("table = pa.ipc.open_stream(open('value', 'rb').read()).read_all()"))
                .isEqualTo("{b'riffle.format': b'raster/1', b'riffle.dt': b'0.02'}"
                        + " [{'step': 1099511627776, 'values': [-1.0, -0.75, -0.5]},"
                        + " {'step': 1099511627777, 'values': [-0.25, 0.0, 0.25]}]");
    }

    @Test
    void readsEvents() throws IOException {
        Chunk chunk = new Chunk("a", 5, 3, 2, new float[] {0, 0, 0, 2, 1, 0});
        Files.write(folder.resolve("value"), new EventsEncoder(0.001).encode(chunk));
        assertThat(python("table = pa.ipc.open_stream(open('value', 'rb').read()).read_all()"))
                .isEqualTo("{b'riffle.format': b'events/1', b'riffle.dt': b'0.001', b'riffle.channels': b'2',"
                        + " b'riffle.first_step': b'5', b'riffle.steps': b'3'}"
                        + " [{'step': 6, 'channel': 1, 'count': 2.0}, {'step': 7, 'channel': 0, 'count': 1.0}]");
    }

    @Test
    void readsARejectedRecord() throws IOException {
        Rejected rejected = new Rejected("in", 3, 7, null, RejectReason.NO_STREAM, "no key", new byte[] {65});
        Files.write(folder.resolve("value"), RejectedFormat.encode(rejected));
        assertThat(python("table = pa.ipc.open_stream(open('value', 'rb').read()).read_all()"))
                .isEqualTo("{b'riffle.format': b'rejected/1'}"
                        + " [{'topic': 'in', 'partition': 3, 'offset': 7, 'stream': None, 'reason': 'no_stream',"
                        + " 'message': 'no key', 'value': b'A', 'value_length': 1}]");
    }

    @Test
    void readsSamples() throws IOException {
        Samples samples = new Samples("a", 3, 2, new long[] {1_763_700_000_123_456_789L, 0}, new float[] {1, 2, 3, 4});
        Files.write(folder.resolve("value"), SamplesEncoder.encode(samples));
        assertThat(python("table = pa.ipc.open_stream(open('value', 'rb').read()).read_all();"
                        + " print(table.schema.field('time').type);"
                        + " table = table.set_column(0, 'time', table['time'].cast('int64'))"))
                .isEqualTo("timestamp[ns, tz=UTC]\n{b'riffle.format': b'samples/1', b'riffle.run': b'3'}"
                        + " [{'time': 1763700000123456789, 'values': [1.0, 2.0]},"
                        + " {'time': 0, 'values': [3.0, 4.0]}]");
    }

    @Test
    void readsAHeartbeat() throws IOException {
        Chunk heartbeat = new Chunk("a", 3, 70, 0, 2, new float[0]);
        Files.write(folder.resolve("value"), new ChunkEncoder(0.02).encode(heartbeat));
        assertThat(python("table = pa.ipc.open_stream(open('value', 'rb').read()).read_all()"))
                .isEqualTo("{b'riffle.format': b'raster/1', b'riffle.dt': b'0.02', b'riffle.run': b'3',"
                        + " b'riffle.first_step': b'70'} []");
    }

    @Test
    void readsANotice() throws IOException {
        Notice notice = new Notice("a", NoticeKind.NEW_RUN, 3, 0, 0, "in", 1, 7, "a new run");
        Files.write(folder.resolve("value"), NoticeFormat.encode(notice));
        assertThat(python("table = pa.ipc.open_stream(open('value', 'rb').read()).read_all()"))
                .isEqualTo("{b'riffle.format': b'notice/1'} [{'stream': 'a', 'kind': 'new_run', 'run': 3,"
                        + " 'first_step': 0, 'steps': 0, 'topic': 'in', 'partition': 1, 'offset': 7,"
                        + " 'message': 'a new run'}]");
    }

    @Test
    void readsAFileOfSamples() throws IOException {
        Samples samples = new Samples("ä", 3, 1, new long[] {5, 4}, new float[] {1, 2});
        try (SamplesFileWriter writer = new SamplesFileWriter(folder.resolve("file"), Encapsulation.FILE)) {
            writer.append(samples);
            writer.append(samples);
        }
        assertThat(python("f = pa.ipc.open_file('file'); print(f.num_record_batches); table = f.read_all().slice(1, 2);"
                        + " table = table.set_column(2, 'time', table['time'].cast('int64'))"))
                .isEqualTo("2\n{b'riffle.format': b'samples/1'} [{'stream': 'ä', 'run': 3, 'time': 4, 'values': [2.0]},"
                        + " {'stream': 'ä', 'run': 3, 'time': 5, 'values': [1.0]}]");
    }

    @Test
    void readsFilesOfBothFormats() throws IOException {
        for (Encapsulation encapsulation : Encapsulation.values()) {
            Path file = folder.resolve("file");
            try (ChunkFileWriter writer = new ChunkFileWriter(file, 0.001, Optional.of("1_LIF.vmem"), encapsulation)) {
                writer.append(TestingChunks.ramp("ä", 0, 1, 2));
                writer.append(TestingChunks.ramp("b", 8, 1, 2));
            }
            String open = encapsulation == Encapsulation.FILE ? "open_file" : "open_stream";
            assertThat(python("table = pa.ipc." + open + "('file').read_all()"))
                    .isEqualTo("{b'riffle.format': b'raster/1', b'riffle.dt': b'0.001',"
                            + " b'riffle.record': b'1_LIF.vmem'}"
                            + " [{'stream': 'ä', 'step': 0, 'values': [-1.0, -0.75]},"
                            + " {'stream': 'b', 'step': 8, 'values': [-1.0, -0.75]}]");
        }
    }

    @Test
    void readsAFileOfManyBatches() throws IOException {
        try (ChunkFileWriter writer =
                new ChunkFileWriter(folder.resolve("file"), 0.001, Optional.empty(), Encapsulation.FILE)) {
            writer.append(TestingChunks.ramp("a", 0, 50_000, 16));
        }
        assertThat(python("f = pa.ipc.open_file('file'); t = f.read_all();"
                        + " table = pa.table({'batches': [f.num_record_batches],"
                        + " 'last': [t['values'][-1].as_py()[-1]], 'step': [t['step'][-1].as_py()]}, metadata={})"))
                .isEqualTo("{} [{'batches': 4, 'last': 199998.75, 'step': 49999}]");
    }

    /** What the lines leave in {@code table}, validated and printed. */
    private String python(String lines) {
        return Python.run(
                folder,
                "-c",
                "import pyarrow as pa\n" + lines
                        + "\ntable.validate(full=True)\nprint(table.schema.metadata or {}, table.to_pylist())\n");
    }
}
