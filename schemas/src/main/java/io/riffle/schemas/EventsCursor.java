package io.riffle.schemas;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Chunks of an {@code events/1} file. The rows of a stream are ascending, so all before the last seen is complete: each
 * stream fills a window of steps and gives it away when a later event, or the end of the file, shows that it is done.
 */
final class EventsCursor implements ChunkCursor {
    private static final int WINDOW_VALUES = 1 << 14;

    private final ArrowFile file;
    private final ChunkSchema schema;
    private final String onlyStream;
    private final int windowSteps;
    private final Map<String, Window> windows = new LinkedHashMap<>();

    private long rowsBefore;
    private int row;
    private EventRows events;
    private RecordBatch.Bytes streams;
    private boolean atEnd;

    EventsCursor(ArrowFile file, String onlyStream) {
        this.file = file;
        schema = file.schema();
        if (schema.channels() > ChunkDecoder.MAX_VALUES) {
            throw new BadChunkException(
                    RejectReason.TOO_LARGE,
                    "got %d channels, expected at most %d".formatted(schema.channels(), ChunkDecoder.MAX_VALUES));
        }
        this.onlyStream = onlyStream;
        windowSteps = (int) Math.min(schema.steps(), Math.max(1, WINDOW_VALUES / schema.channels()));
        if (schema.places().stream() < 0) {
            windows.put(onlyStream, new Window(onlyStream)); // it is silent, not absent, if no event follows
        }
    }

    @Override
    public Chunk next() {
        while (!atEnd) {
            if (events == null || row == events.size()) {
                atEnd = !open(file.next());
            } else {
                Window window = window();
                long step = step(window);
                if (step >= window.start + window.steps) {
                    return window.giveAway(); // and see the same row again, with the next window
                }
                add(window, step);
                row++;
            }
        }
        for (Window window : windows.values()) {
            if (window.start < schema.endStep()) {
                return window.giveAway();
            }
        }
        return null;
    }

    private boolean open(RecordBatch batch) {
        if (batch == null) {
            return false;
        }
        rowsBefore += events == null ? 0 : events.size();
        row = 0;
        events = new EventRows(schema, batch);
        streams = schema.places().stream() < 0 ? null : batch.bytes(schema.places().stream());
        return true;
    }

    private Window window() {
        return windows.computeIfAbsent(streams == null ? onlyStream : streams.text(row), Window::new);
    }

    private long step(Window window) {
        try {
            return events.step(row, window.last);
        } catch (BadChunkException e) {
            throw e.at("row " + (rowsBefore + row));
        }
    }

    private void add(Window window, long step) {
        try {
            int cell = (int) (step - window.start) * schema.channels() + events.channel(row);
            window.values[cell] += events.count(row);
            if (!Float.isFinite(window.values[cell])) {
                throw Finite.notFinite(window.values[cell], step, events.channel(row));
            }
            window.last = step;
        } catch (BadChunkException e) {
            throw e.at("row " + (rowsBefore + row));
        }
    }

    /** The steps of one stream that may still get events. */
    private final class Window {
        private final String stream;
        private long start = schema.firstStep();
        private long last = schema.firstStep();
        private int steps;
        private float[] values;

        private Window(String stream) {
            this.stream = stream;
            begin();
        }

        private void begin() {
            steps = (int) Math.min(windowSteps, schema.endStep() - start);
            values = new float[steps * schema.channels()];
        }

        private Chunk giveAway() {
            Chunk chunk = new Chunk(stream, schema.run(), start, steps, schema.channels(), values);
            start += steps;
            begin();
            return chunk;
        }
    }
}
