package io.riffle.jobs.bench;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingStream;

/** Samples of what the threads of this process compute, taken by the JVM's Flight Recorder. */
final class Profile implements AutoCloseable {
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final Duration BETWEEN = Duration.ofMillis(10);

    private final RecordingStream stream = new RecordingStream();
    private final Map<Part, Integer> samples = new EnumMap<>(Part.class);
    private boolean counting;

    private Profile() {
        stream.enable(SAMPLE).withPeriod(BETWEEN);
        stream.onEvent(SAMPLE, this::add);
    }

    static Profile start() {
        Profile profile = new Profile();
        profile.stream.startAsync();
        return profile;
    }

    /** From now on samples count. */
    synchronized void begin() {
        samples.clear();
        counting = true;
    }

    private synchronized void add(RecordedEvent sample) {
        RecordedThread thread = sample.getThread("sampledThread");
        if (!counting || thread == null || sample.getStackTrace() == null) {
            return;
        }
        List<String> stack = sample.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName())
                .toList();
        String name = Optional.ofNullable(thread.getJavaName()).orElse("");
        Part.of(name, stack).ifPresent(part -> samples.merge(part, 1, Integer::sum));
    }

    /** Which share of the samples fell into a part, in percent. Events come about a second late. */
    synchronized double percent(Part part) {
        int all = samples.values().stream().mapToInt(Integer::intValue).sum();
        return all == 0 ? 0 : 100.0 * samples.getOrDefault(part, 0) / all;
    }

    @Override
    public void close() {
        stream.close();
    }
}
