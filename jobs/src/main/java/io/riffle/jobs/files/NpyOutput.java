package io.riffle.jobs.files;

import io.riffle.schemas.Chunk;
import io.riffle.schemas.DecodedChunk;
import io.riffle.sim.RiffleException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A {@code .npy} file, float32 of the shape (T, N): the steps of one stream, whose numbers it cannot hold. */
final class NpyOutput implements ChunkOutput {
    /** Room for the largest shape, so that the header can be written again at the end. */
    private static final int HEADER = 128;

    private static final int VERSION = 1;

    private final Path file;
    private final RandomAccessFile out;
    private Chunk last;
    private long steps;

    NpyOutput(Path file) {
        this.file = file;
        try {
            out = new RandomAccessFile(file.toFile(), "rw");
            out.setLength(0);
            out.write(header(0, 0));
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    @Override
    public void append(DecodedChunk decoded) {
        Chunk chunk = decoded.chunk();
        if (last != null) {
            checkGoesOn(chunk);
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(Float.BYTES * chunk.values().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(chunk.values());
        try {
            out.write(bytes.array());
        } catch (IOException failed) {
            throw unwritable(failed);
        }
        last = chunk;
        steps += chunk.steps();
    }

    private void checkGoesOn(Chunk chunk) {
        boolean same = chunk.stream().equals(last.stream())
                && chunk.run() == last.run()
                && chunk.channels() == last.channels();
        if (!same || chunk.firstStep() != last.endStep()) {
            throw new RiffleException(
                    "%s: got %s after %s, expected what follows it, as a .npy file holds one stream without gaps; .arrow and .csv hold all"
                            .formatted(file, chunk, last));
        }
    }

    private static byte[] header(long steps, int channels) {
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(steps, channels);
        ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        header.put((byte) VERSION).put((byte) 0).putShort((short) (HEADER - 10));
        header.put(dictionary.getBytes(StandardCharsets.US_ASCII));
        while (header.position() < HEADER - 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').array();
    }

    @Override
    public void close() {
        try (out) {
            out.seek(0);
            out.write(header(steps, last == null ? 0 : last.channels()));
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    private RiffleException unwritable(IOException failed) {
        return new RiffleException("%s could not be written: %s".formatted(file, failed.getMessage()), failed);
    }
}
