package io.riffle.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.riffle.schemas.ChunkFileWriter.Encapsulation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python reads what we write. Needs a python with pyarrow: the one that RIFFLE_PYTHON names, else python3. */
class PyarrowTest {
    private static final String PYTHON =
            Optional.ofNullable(System.getenv("RIFFLE_PYTHON")).orElse("python3");

    private static final boolean HAS_PYARROW = hasPyarrow();

    @TempDir
    private Path folder;

    /** Before each, so that each is counted as skipped. */
    @BeforeEach
    void needsPyarrow() {
        assumeTrue(
                HAS_PYARROW,
                "%s cannot import pyarrow; name a python that can in the environment variable RIFFLE_PYTHON"
                        .formatted(PYTHON));
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
    private String python(String lines) throws IOException {
        String program = "import pyarrow as pa, sys\nsys.stdout.reconfigure(encoding='utf-8')\n" + lines
                + "\ntable.validate(full=True)\nprint(table.schema.metadata or {}, table.to_pylist())\n";
        Process process = new ProcessBuilder(PYTHON, "-c", program)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static boolean hasPyarrow() {
        try {
            Process process = new ProcessBuilder(PYTHON, "-c", "import pyarrow.ipc")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
