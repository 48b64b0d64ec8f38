package io.riffle.jobs.feed;

import io.riffle.jobs.files.ChunkInput;
import io.riffle.jobs.files.FileInput;
import io.riffle.jobs.files.InputFile;
import io.riffle.jobs.files.SampleInput;
import io.riffle.jobs.kafka.Brokers;
import io.riffle.jobs.lifecycle.Stop;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** A file of steps or samples, replayed into a topic. */
public final class FileFeed {
    private final InputFile file;
    private final Path shown;
    private final OptionalDouble dt;
    private final ReplaySettings settings;

    /**
     * @param shown what messages call the file
     * @param dt length of a step in seconds, if anybody but the file says it
     */
    public FileFeed(InputFile file, Path shown, OptionalDouble dt, ReplaySettings settings) {
        this.file = file;
        this.shown = shown;
        this.dt = dt;
        this.settings = settings;
    }

    /** Until the end of the file, or until the stop is wished; nothing of what was read is left behind. */
    public Replay.Count run(Brokers brokers, String topic, Stop stop, Replay.Watch watch) {
        FileInput input = open();
        try {
            return input instanceof SampleInput samples
                    ? replaySamples(samples, brokers, topic, stop, watch)
                    : replaySteps((ChunkInput) input, brokers, topic, stop, watch);
        } finally {
            input.close();
        }
    }

    private FileInput open() {
        return file.open(stream -> 0);
    }

    private Replay.Count replaySamples(
            SampleInput samples, Brokers brokers, String topic, Stop stop, Replay.Watch watch) {
        if (settings.copies().isPresent()) {
            throw new RiffleException(
                    "%s holds samples at any times, expected steps to make several streams of them".formatted(shown));
        }
        int most = settings.chunk().orElse(0);
        try (Playback playback = new SamplePlayback(samples, () -> (SampleInput) open(), most, settings.loop())) {
            double anyDt = 1;
            StreamPlaces places = new StreamPlaces(brokers, topic, anyDt, settings.goOn());
            Replay replay = new Replay(playback, false, anyDt, settings.speed(), settings.duration());
            return replay.run(brokers, topic, places, stop, watch);
        }
    }

    private Replay.Count replaySteps(ChunkInput steps, Brokers brokers, String topic, Stop stop, Replay.Watch watch) {
        if (!steps.hasNext()) {
            throw new RiffleException("%s holds no steps, expected at least one".formatted(shown));
        }
        double step = stepSeconds(steps.dt());
        StreamPlaces places = new StreamPlaces(brokers, topic, step, settings.goOn());
        boolean events = steps.isEvents();
        try (Playback playback = playback(steps, step, places)) {
            return new Replay(playback, events, step, settings.speed(), settings.duration())
                    .run(brokers, topic, places, stop, watch);
        }
    }

    private Playback playback(ChunkInput steps, double step, StreamPlaces places) {
        int chunkSteps = settings.chunkSteps(step, steps.channels());
        if (settings.copies().isEmpty()) {
            return new StepPlayback(steps, () -> (ChunkInput) open(), step, chunkSteps, settings.loop());
        }
        long offset = Math.round(settings.offset().toNanos() / 1e9 / step);
        int copies = settings.copies().getAsInt();
        CopiesPlayback playback = new CopiesPlayback(steps, shown, step, chunkSteps, settings.loop(), copies, offset);
        places.expect(playback.firsts().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        return playback;
    }

    private double stepSeconds(OptionalDouble said) {
        if (said.isPresent() && dt.isPresent() && said.getAsDouble() != dt.getAsDouble()) {
            throw new RiffleException("%s has the time-step %s s, expected %s s as --dt"
                    .formatted(shown, said.getAsDouble(), dt.getAsDouble()));
        }
        if (said.isEmpty() && dt.isEmpty()) {
            throw new RiffleException("%s does not say how long a step is, expected --dt SECONDS".formatted(shown));
        }
        return said.isPresent() ? said.getAsDouble() : dt.getAsDouble();
    }
}
