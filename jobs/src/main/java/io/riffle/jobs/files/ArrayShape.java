package io.riffle.jobs.files;

import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What the dimensions of an array mean: (T), (T, N) or (B, T, N), for T steps of N channels of B streams.
 *
 * @param batch whether there is a dimension B
 */
record ArrayShape(boolean batch, int streams, long steps, int channels) {
    /** @param file for messages */
    static ArrayShape of(long[] dimensions, Path file) {
        int rank = dimensions.length;
        if (rank < 1 || rank > 3) {
            throw new RiffleException("%s has the shape %s, expected (T), (T, N) or (B, T, N): steps, channels, streams"
                    .formatted(file, text(dimensions)));
        }
        long streams = rank == 3 ? dimensions[0] : 1;
        long steps = rank == 1 ? dimensions[0] : dimensions[rank - 2];
        long channels = rank == 1 ? 1 : dimensions[rank - 1];
        boolean empty = streams == 0 || steps == 0;
        if (channels < 1
                || channels > RowInput.MOST_CHANNELS
                || streams > Integer.MAX_VALUE
                || !empty && steps > Long.MAX_VALUE / Long.BYTES / channels / streams) {
            throw new RiffleException("%s has the shape %s, expected 1 to %d channels as the last number"
                    .formatted(file, text(dimensions), RowInput.MOST_CHANNELS));
        }
        return new ArrayShape(rank == 3, empty ? 0 : (int) streams, steps, (int) channels);
    }

    private static String text(long[] dimensions) {
        return Arrays.stream(dimensions)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "(", dimensions.length == 1 ? ",)" : ")"));
    }

    /** Of all streams. */
    long values() {
        return streams * steps * channels;
    }
}
