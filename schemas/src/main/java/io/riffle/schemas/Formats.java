package io.riffle.schemas;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/** The names that stand on the wire. They never change; a new meaning gets a new version. */
public final class Formats {
    public static final String RASTER = "raster/1";
    public static final String EVENTS = "events/1";
    public static final String SAMPLES = "samples/1";
    public static final String REJECTED = "rejected/1";
    public static final String NOTICE = "notice/1";

    static final String FORMAT = "riffle.format";
    static final String DT = "riffle.dt";
    static final String RECORD = "riffle.record";
    static final String CHANNELS = "riffle.channels";
    static final String RUN = "riffle.run";
    static final String FIRST_STEP = "riffle.first_step";
    static final String STEPS = "riffle.steps";

    static final String STREAM_COLUMN = "stream";
    static final String RUN_COLUMN = "run";
    static final String STEP_COLUMN = "step";
    static final String TIME_COLUMN = "time";
    static final String VALUES_COLUMN = "values";
    static final String CHANNEL_COLUMN = "channel";
    static final String COUNT_COLUMN = "count";

    private Formats() {}

    /**
     * What a record says that it is, whether or not we know it; absent if it says nothing.
     *
     * @throws BadChunkException if it is no Arrow stream
     */
    public static Optional<String> of(byte[] value) {
        return of(new MemorySource(requireNonNull(value, "value is null")));
    }

    /**
     * What a file says that it is.
     *
     * @throws io.riffle.sim.RiffleException if the file cannot be read
     * @throws BadChunkException if it is no Arrow file
     */
    public static Optional<String> of(Path file) {
        try (FileSource source = new FileSource(file)) {
            return of(source);
        } catch (BadChunkException e) {
            throw e.at(file.toString());
        }
    }

    private static Optional<String> of(Source source) {
        IpcReader reader = new IpcReader(source);
        return Optional.ofNullable(
                MetadataReader.of(reader.schema()).schema().metadata().get(FORMAT));
    }
}
