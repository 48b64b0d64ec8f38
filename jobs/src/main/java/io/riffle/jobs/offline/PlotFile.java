package io.riffle.jobs.offline;

import io.riffle.jobs.files.ChunkInput;
import io.riffle.jobs.files.InputFile;
import io.riffle.jobs.files.InputSettings;
import io.riffle.jobs.picture.Columns;
import io.riffle.schemas.Chunk;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * A recording that is to be drawn. It is read twice, so that a file of any size can be drawn: once to know what is in it,
 * once to gather what is drawn.
 */
final class PlotFile {
    private final Path file;
    private final InputFile input;
    private final int channels;
    private final List<String> names;
    private final OptionalDouble dt;
    private final int[] chosen;
    private final Map<String, Extent> streams = new LinkedHashMap<>();
    private Optional<String> recordPath = Optional.empty();

    /** Is told how a pass comes on. */
    interface Watch {
        /**
         * @param steps that were read since the last call
         * @param share of the file that is read, 0 to 1
         */
        void at(int steps, double share);
    }

    /** What is known of one stream. */
    static final class Extent {
        private final PlotKind.Values values = new PlotKind.Values();
        private long beginStep = Long.MAX_VALUE;
        private long endStep;

        long beginStep() {
            return beginStep;
        }

        long endStep() {
            return endStep;
        }

        /** Of the window. */
        PlotKind.Values values() {
            return values;
        }
    }

    PlotFile(Path file, InputSettings settings, Optional<ChannelChoice> choice) {
        input = new InputFile(file, settings);
        this.file = file;
        try (ChunkInput input = open()) {
            channels = input.channels();
            names = input.names();
            dt = input.dt();
        }
        chosen = choice.map(some -> some.of(channels, file))
                .orElseGet(() -> IntStream.range(0, channels).toArray());
    }

    private ChunkInput open() {
        return input.openSteps(stream -> 0);
    }

    Path file() {
        return file;
    }

    OptionalDouble dt() {
        return dt;
    }

    /** Those that are drawn. */
    int channels() {
        return chosen.length;
    }

    Optional<String> recordPath() {
        return recordPath;
    }

    /** One per channel that is drawn, or none where these have only the numbers from 0. */
    List<String> names() {
        List<String> numbers =
                IntStream.range(0, channels).mapToObj(Integer::toString).toList();
        boolean numbered = names.isEmpty() || names.equals(numbers);
        if (numbered && chosen.length == channels && isAscending()) {
            return List.of();
        }
        return Arrays.stream(chosen)
                .mapToObj(
                        channel -> numbered || names.get(channel).isBlank() ? numbers.get(channel) : names.get(channel))
                .toList();
    }

    private boolean isAscending() {
        return IntStream.range(0, chosen.length).allMatch(i -> chosen[i] == i);
    }

    /**
     * The first pass.
     *
     * @param window the steps whose values decide on the kind
     */
    void survey(Steps window, Watch watch) {
        try (ChunkInput input = open()) {
            while (input.hasNext()) {
                Chunk chunk = input.next();
                recordPath = input.recordPath();
                if (chunk.steps() > 0) {
                    survey(chunk, window);
                }
                watch.at(chunk.steps(), input.share());
            }
        }
        if (streams.isEmpty()) {
            throw new RiffleException("%s holds no steps, expected at least one".formatted(file));
        }
    }

    private void survey(Chunk chunk, Steps window) {
        Extent extent = streams.computeIfAbsent(name(chunk), name -> new Extent());
        extent.beginStep = Math.min(extent.beginStep, chunk.firstStep());
        extent.endStep = Math.max(extent.endStep, chunk.endStep());
        long end = Math.min(window.end(), chunk.endStep());
        for (long step = Math.max(window.begin(), chunk.firstStep()); step < end; step++) {
            int from = (int) (step - chunk.firstStep()) * channels;
            for (int channel : chosen) {
                extent.values.add(chunk.values()[from + channel]);
            }
        }
    }

    /** Each run of a stream has a chart of its own, as its steps begin anew. */
    private static String name(Chunk chunk) {
        return chunk.run() == 0 ? chunk.stream() : "%s run %d".formatted(chunk.stream(), chunk.run());
    }

    Collection<String> streams() {
        return streams.keySet();
    }

    Extent extent(String stream) {
        Extent extent = streams.get(stream);
        if (extent == null) {
            throw new RiffleException(
                    "%s has no stream '%s'%s".formatted(file, stream, Names.hint(stream, streams.keySet())));
        }
        return extent;
    }

    /** The second pass: puts the values of these streams where they are drawn. */
    void gather(Map<String, Columns> drawn, Watch watch) {
        try (ChunkInput input = open()) {
            while (input.hasNext()) {
                Chunk chunk = input.next();
                Columns columns = drawn.get(name(chunk));
                if (columns != null) {
                    columns.add(chunk, chosen);
                }
                watch.at(chunk.steps(), input.share());
            }
        }
    }

    /**
     * A stretch of steps.
     *
     * @param end exclusive
     */
    record Steps(long begin, long end) {
        /** Those whose time lies from one (inclusive) to another (exclusive). */
        static Steps between(double fromSeconds, double toSeconds, double dt) {
            return new Steps(stepAt(fromSeconds, dt), stepAt(toSeconds, dt));
        }

        /** Rounded up, but for what division makes of a whole number. */
        private static long stepAt(double seconds, double dt) {
            return (long) Math.ceil(seconds / dt - 1e-6);
        }

        Steps within(Extent extent) {
            long first = Math.min(extent.endStep(), Math.max(begin, extent.beginStep()));
            return new Steps(first, Math.max(first, Math.min(end, extent.endStep())));
        }

        boolean isEmpty() {
            return begin >= end;
        }
    }
}
