package io.riffle.jobs.files;

import io.riffle.schemas.Chunk;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;

/**
 * Events, counted for each pixel and polarity in steps of time. The first step begins with the first event; the last one is
 * that of the last event.
 */
final class EventInput implements ChunkInput {
    private static final int MOST_VALUES = 1 << 20;
    private static final int MOST_ROWS = 1024;
    private static final long LONGEST_SILENCE_MICROS = 24 * 3_600_000_000L;

    private final EventSource events;
    private final Path file;
    private final SensorSize sensor;
    private final double dt;
    private final long stepNanos;
    private final String stream;
    private final int mostRows;
    private final long firstStep;
    private final long beginMicros;
    private long lastMicros;
    private long number;
    private boolean any;
    /** The step in which the next chunk begins, and that of the event that is next, from 0. */
    private long chunkStep;

    private long eventStep;

    /** @param events is closed with the input, and when this fails */
    EventInput(EventSource events, InputSettings settings, ToLongFunction<String> nextSteps) {
        this.events = events;
        file = events.file();
        sensor = settings.sensor()
                .or(events::sensor)
                .orElseThrow(() -> new RiffleException(
                        "%s does not say how many pixels its camera has, expected --sensor WIDTHxHEIGHT"
                                .formatted(file)));
        dt = settings.dt()
                .orElseThrow(() -> new RiffleException(
                        "neither the network nor %s says how long a step is, expected --dt SECONDS".formatted(file)));
        stepNanos = Math.round(dt * 1e9);
        if (stepNanos < 1 || Math.abs(stepNanos - dt * 1e9) > 1e-6 * stepNanos) {
            throw new RiffleException(
                    "%s: a step of %s s, expected whole nanoseconds to count events".formatted(file, dt));
        }
        stream = settings.onlyStream();
        mostRows = settings.mostSteps(Math.max(1, Math.min(MOST_ROWS, MOST_VALUES / sensor.channels())));
        firstStep = nextSteps.applyAsLong(stream);
        any = events.next();
        beginMicros = any ? events.micros() : 0;
        lastMicros = beginMicros;
    }

    @Override
    public boolean hasNext() {
        return any;
    }

    @Override
    public Chunk next() {
        if (!any) {
            throw new NoSuchElementException(file + ": no more events");
        }
        int channels = sensor.channels();
        float[] values = new float[mostRows * channels];
        while (any && eventStep < chunkStep + mostRows) {
            values[(int) (eventStep - chunkStep) * channels + channel()]++;
            advance();
        }
        int rows = any ? mostRows : (int) (eventStep - chunkStep + 1);
        Chunk chunk = new Chunk(stream, firstStep + chunkStep, rows, channels, Arrays.copyOf(values, rows * channels));
        chunkStep += rows;
        return chunk;
    }

    private int channel() {
        if (!sensor.holds(events.x(), events.y())) {
            throw new RiffleException("%s: event %d is of the pixel (%d, %d), expected one of %s"
                    .formatted(file, number, events.x(), events.y(), sensor));
        }
        return sensor.channel(events.x(), events.y(), events.brighter());
    }

    private void advance() {
        any = events.next();
        if (!any) {
            return;
        }
        number++;
        long micros = events.micros();
        boolean far = micros - lastMicros > LONGEST_SILENCE_MICROS || micros < 0 != beginMicros < 0;
        long step = far ? -1 : (micros - beginMicros) * 1000 / stepNanos;
        if (step < eventStep) {
            throw new RiffleException(
                    "%s: event %d is at %d us, the one before at %d us, expected times that go up, by at most a day"
                            .formatted(file, number, micros, lastMicros));
        }
        lastMicros = Math.max(lastMicros, micros);
        eventStep = step;
    }

    @Override
    public boolean isEvents() {
        return true;
    }

    @Override
    public int channels() {
        return sensor.channels();
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public boolean hasRuns() {
        return false;
    }

    @Override
    public Optional<String> recordPath() {
        return Optional.empty();
    }

    @Override
    public OptionalDouble dt() {
        return OptionalDouble.of(dt);
    }

    @Override
    public double share() {
        return events.share();
    }

    @Override
    public void close() {
        events.close();
    }
}
