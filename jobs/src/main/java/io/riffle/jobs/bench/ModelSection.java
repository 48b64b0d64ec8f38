package io.riffle.jobs.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a step costs by the number of neurons and the length of chunks, for planning. */
final class ModelSection {
    private static final List<Integer> NEURONS = List.of(8, 32, 128, 512, 1024);
    private static final List<Integer> CHUNKS = List.of(1, 10, 100);
    private static final int INPUT_STEPS = 200;
    private static final double NANOS_PER_SECOND = 1e9;

    private final BenchSettings settings;
    private final Talk talk;
    private final SectionReport report = new SectionReport(Section.MODEL);

    ModelSection(BenchSettings settings, Talk talk) {
        this.settings = settings;
        this.talk = talk;
    }

    SectionReport measure() throws InterruptedException {
        Task.inThread("bench-model", this::measureHere);
        return report;
    }

    private void measureHere() {
        Core.pinThread();
        Map<String, KernelRun> runs = new LinkedHashMap<>();
        for (int neurons : NEURONS) {
            for (int steps : CHUNKS) {
                KernelRun run = new KernelRun(BenchNetwork.create(neurons).module(), 1, steps, INPUT_STEPS);
                runs.put(
                        String.format(
                                Locale.ROOT,
                                "%d neurons, T = %d, %.0f %% fire",
                                neurons,
                                steps,
                                100 * run.hiddenShare()),
                        run);
            }
        }
        talk.say("model: warming up");
        runs.values().forEach(run -> run.stepsPerSecond(settings.seconds()));
        Map<String, List<Double>> found = new LinkedHashMap<>();
        for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
            talk.say("model: repeat %d of %d".formatted(repeat, settings.repeats()));
            runs.forEach((name, run) -> found.computeIfAbsent(name, unknown -> new ArrayList<>())
                    .add(NANOS_PER_SECOND / run.stepsPerSecond(settings.seconds())));
        }
        found.forEach((name, nanos) -> report.add(Figure.of(name, "ns per step", nanos)));
        report.remark("Linear(16 -> N), recurrent LIF(N), Linear(N -> 8), LIF(8), one stream; CPU time of one core");
    }
}
