package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Samples of an Arrow file, in IPC file or stream format, {@code samples/1}; several streams may be interleaved in it.
 *
 * <p>Read batch by batch. Consecutive rows of one stream, within one batch, are together, as the samples of one record
 * are; no more of them than a record may hold.
 */
public final class SamplesFileReader implements Iterable<Samples>, AutoCloseable {
    private final ArrowFile file;
    private final String onlyStream;
    private boolean taken;

    /**
     * @param stream name of the one stream of a file that has no column {@code stream}
     * @throws io.riffle.sim.RiffleException if the file cannot be read
     * @throws BadChunkException if it is not of this format
     */
    public SamplesFileReader(Path file, String stream) {
        onlyStream = requireNonNull(stream, "stream is null");
        this.file = new ArrowFile(file);
        if (!this.file.schema().isSamples()) {
            close();
            throw this.file.otherFormat(Formats.SAMPLES);
        }
    }

    /**
     * The one pass over the file.
     *
     * @throws IllegalStateException if asked for twice
     */
    @Override
    public Iterator<Samples> iterator() {
        if (taken) {
            throw new IllegalStateException(file.path() + ": is read once; open it again for a second pass");
        }
        taken = true;
        return new Parts();
    }

    /** Channels of all samples. */
    public int channels() {
        return file.schema().channels();
    }

    /** Whether samples may be of another run than the first: the file has a column {@code run}, or is of one. */
    public boolean hasRuns() {
        return file.schema().places().run() >= 0 || file.schema().run() > 0;
    }

    /** Bytes read so far. */
    public long position() {
        return file.position();
    }

    /** Bytes of the file. */
    public long size() {
        return file.size();
    }

    @Override
    public void close() {
        file.close();
    }

    private final class Parts implements Iterator<Samples> {
        private long rowsBefore;
        private int row;
        private int rows;
        private RowOwners owners;
        private SampleRows samples;
        private Samples next = file.named(this::read);

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Samples next() {
            if (next == null) {
                throw new NoSuchElementException(file.path() + ": no more samples");
            }
            Samples part = next;
            next = file.named(this::read);
            return part;
        }

        private Samples read() {
            while (row == rows) {
                RecordBatch batch = file.next();
                if (batch == null) {
                    return null;
                }
                open(batch);
            }
            int from = row;
            int most = Math.max(1, ChunkDecoder.MAX_VALUES / channels());
            row = owners.end(from, (int) Math.min(rows, from + (long) most));
            RowOwner owner = owner(from);
            return samples.samples(owner.stream(), owner.run(), from, row);
        }

        private void open(RecordBatch batch) {
            rowsBefore += rows;
            row = 0;
            rows = batch.rows();
            owners = new RowOwners(file.schema(), batch, onlyStream);
            samples = new SampleRows(file.schema(), batch, rowsBefore);
        }

        private RowOwner owner(int from) {
            try {
                return owners.of(from);
            } catch (BadChunkException e) {
                throw e.at("row " + (rowsBefore + from));
            }
        }
    }
}
