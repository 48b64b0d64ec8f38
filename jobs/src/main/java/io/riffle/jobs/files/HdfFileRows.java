package io.riffle.jobs.files;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** A data set of an HDF5 file, read in blocks of at least as many rows as lie together in the file. */
final class HdfFileRows implements Rows {
    private static final int MOST_BLOCK_VALUES = 1 << 24;
    private static final int MOST_CHUNK_BYTES = 1 << 28;
    private static final int MOST_NODES = 10_000;

    private final Path file;
    private final HdfFile hdf;
    private final Dataset dataset;
    private final ArrayShape shape;
    private final int blockRows;
    private float[] block = new float[0];
    /** Values of the block that were given out. */
    private int given;

    private int stream;
    private long row;

    /** @param name of the data set; may be left out where there is only one */
    HdfFileRows(Path file, Optional<String> name) {
        this.file = file;
        hdf = guarded(() -> new HdfFile(file));
        try {
            guarded(this::requireWhole);
            dataset = guarded(() -> dataset(name));
            guarded(this::requireNumbers);
            shape = ArrayShape.of(
                    guarded(dataset::getDimensionsAsLong), Path.of(file + ", data set " + dataset.getPath()));
            blockRows = guarded(this::rowsOfABlock);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** The library reads what was cut off as zeros. */
    private HdfFile requireWhole() {
        long declared = hdf.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
        if (hdf.size() < declared) {
            throw new RiffleException(
                    "%s was cut: %d bytes are there, its header says %d".formatted(file, hdf.size(), declared));
        }
        return hdf;
    }

    private Dataset dataset(Optional<String> name) {
        List<String> paths = new ArrayList<>();
        find(hdf, paths, new int[] {MOST_NODES});
        String wanted = name.map(path -> path.startsWith("/") ? path : "/" + path)
                .orElseGet(() -> paths.size() == 1 ? paths.get(0) : "");
        if (paths.contains(wanted)) {
            return hdf.getDatasetByPath(wanted);
        }
        if (name.isPresent()) {
            throw new RiffleException("%s has no data set '%s', expected one of %s%s"
                    .formatted(file, wanted, paths, Names.hint(wanted, paths)));
        }
        throw new RiffleException(
                paths.isEmpty()
                        ? "%s holds no data set, expected one".formatted(file)
                        : "%s holds the data sets %s, expected --dataset PATH to choose one".formatted(file, paths));
    }

    private static void find(Group group, List<String> paths, int[] left) {
        for (Node node : group) {
            if (left[0]-- == 0) {
                return;
            }
            if (node instanceof Dataset) {
                paths.add(node.getPath());
            } else if (node instanceof Group inner) {
                find(inner, paths, left);
            }
        }
    }

    private Dataset requireNumbers() {
        Class<?> type = dataset.getJavaType();
        boolean number = type == float.class
                || type == double.class
                || type == byte.class
                || type == short.class
                || type == int.class
                || type == long.class;
        if (!number || dataset.isVariableLength()) {
            throw new RiffleException("%s, data set %s holds %s, expected floats or whole numbers"
                    .formatted(file, dataset.getPath(), type.getSimpleName()));
        }
        return dataset;
    }

    private Integer rowsOfABlock() {
        int wide = Math.max(1, Math.min(1024, (1 << 16) / shape.channels()));
        if (!(dataset instanceof ChunkedDataset chunked)) {
            return wide;
        }
        int[] chunk = chunked.getChunkDimensions();
        long bytes = Arrays.stream(chunk).asLongStream().reduce(Long.BYTES, HdfFileRows::product);
        if (bytes > MOST_CHUNK_BYTES) {
            throw new RiffleException("%s, data set %s is stored in chunks %s, expected smaller ones"
                    .formatted(file, dataset.getPath(), Arrays.toString(chunk)));
        }
        int rows = chunk[chunk.length == 1 ? 0 : chunk.length - 2];
        return Math.max(1, Math.min(Math.max(wide, rows), MOST_BLOCK_VALUES / shape.channels()));
    }

    private static long product(long a, long b) {
        return a > MOST_CHUNK_BYTES || b > MOST_CHUNK_BYTES ? Long.MAX_VALUE / 4 : a * b;
    }

    @Override
    public int read(float[] values, int most) {
        if (given == block.length && !readBlock()) {
            return 0;
        }
        int count = Math.min(most * shape.channels(), block.length - given);
        System.arraycopy(block, given, values, 0, count);
        given += count;
        return count / shape.channels();
    }

    private boolean readBlock() {
        int rows = (int) Math.min(blockRows, shape.steps() - row);
        if (rows == 0) {
            stream++;
            row = 0;
            return false;
        }
        int rank = dataset.getDimensions().length;
        long[] from = rank == 1 ? new long[] {row} : rank == 2 ? new long[] {row, 0} : new long[] {stream, row, 0};
        int[] size = rank == 1
                ? new int[] {rows}
                : rank == 2 ? new int[] {rows, shape.channels()} : new int[] {1, rows, shape.channels()};
        float[] read = new float[rows * shape.channels()];
        int count = guarded(() -> PrimitiveArrays.flatten(dataset.getData(from, size), read, 0));
        if (count < read.length) {
            throw new RiffleException("%s, data set %s gave %d values, expected %d"
                    .formatted(file, dataset.getPath(), count, read.length));
        }
        block = read;
        given = 0;
        row += rows;
        return true;
    }

    /** Whatever the library stumbles over in a broken file, told as one sentence. */
    private <T> T guarded(Supplier<T> read) {
        try {
            return read.get();
        } catch (RiffleException told) {
            throw told;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError failed) {
            throw new RiffleException(
                    "%s is no HDF5 file that can be read: %s".formatted(file, failed.getMessage()), failed);
        }
    }

    @Override
    public boolean isBatch() {
        return shape.batch();
    }

    @Override
    public int streams() {
        return shape.streams();
    }

    @Override
    public int channels() {
        return shape.channels();
    }

    @Override
    public OptionalDouble dt() {
        return OptionalDouble.empty();
    }

    @Override
    public double share() {
        double steps = Math.max(1, shape.steps());
        return Math.min(1, (stream + row / steps) / Math.max(1, shape.streams()));
    }

    @Override
    public void close() {
        hdf.close();
    }
}
