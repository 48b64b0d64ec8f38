package io.riffle.schemas;

/** The names that stand on the wire. They never change; a new meaning gets a new version. */
final class Formats {
    static final String RASTER = "raster/1";
    static final String EVENTS = "events/1";
    static final String REJECTED = "rejected/1";

    static final String FORMAT = "riffle.format";
    static final String DT = "riffle.dt";
    static final String RECORD = "riffle.record";
    static final String CHANNELS = "riffle.channels";
    static final String FIRST_STEP = "riffle.first_step";
    static final String STEPS = "riffle.steps";

    static final String STREAM_COLUMN = "stream";
    static final String STEP_COLUMN = "step";
    static final String VALUES_COLUMN = "values";
    static final String CHANNEL_COLUMN = "channel";
    static final String COUNT_COLUMN = "count";

    private Formats() {}
}
