package io.riffle.jobs.bench;

import static io.riffle.jobs.bench.CYardstick.Variant.BRANCH_FREE;
import static io.riffle.jobs.bench.CYardstick.Variant.SIMPLE;

import io.riffle.sim.Module;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The network alone, one stream and batches, each run beside one of the same in C. */
final class KernelSection {
    private static final List<Integer> CHUNKS = List.of(10, 100, 1000);
    private static final List<Integer> BATCHES = List.of(32, 256);
    private static final int BATCH_CHUNK = 10;
    private static final int BATCH_INPUT_STEPS = 100;
    private static final double MILLION = 1e6;

    private final BenchSettings settings;
    private final Talk talk;
    private final SectionReport report = new SectionReport(Section.KERNELS);
    private final Map<String, List<Double>> found = new LinkedHashMap<>();

    KernelSection(BenchSettings settings, Talk talk) {
        this.settings = settings;
        this.talk = talk;
    }

    SectionReport measure() throws InterruptedException {
        BenchNetwork network = BenchNetwork.create();
        try (CYardstick yardstick = CYardstick.compile(network)) {
            // a thread of its own, because it stays on its core
            Task.inThread("bench-kernels", () -> measure(network.module(), yardstick));
        }
        return report;
    }

    private void measure(Module module, CYardstick yardstick) {
        Optional<Integer> core = Core.pinThread();
        Map<String, KernelRun> runs = new LinkedHashMap<>();
        CHUNKS.forEach(steps -> runs.put(oneStream(steps), new KernelRun(module, 1, steps, CYardstick.INPUT_STEPS)));
        BATCHES.forEach(
                streams -> runs.put(batch(streams), new KernelRun(module, streams, BATCH_CHUNK, BATCH_INPUT_STEPS)));
        double hiddenShare = runs.get(oneStream(CHUNKS.get(CHUNKS.size() - 1))).hiddenShare();
        talk.say("kernels: warming up");
        runs.values().forEach(run -> run.stepsPerSecond(2 * settings.seconds()));

        List<CYardstick.Variant> variants =
                yardstick.whyNot().isEmpty() ? List.of(CYardstick.Variant.values()) : List.of();
        Optional<CYardstick.Run> last = Optional.empty();
        for (int repeat = 1; repeat <= settings.repeats(); repeat++) {
            talk.say("kernels: repeat %d of %d".formatted(repeat, settings.repeats()));
            for (int steps : CHUNKS) {
                for (CYardstick.Variant variant : variants) {
                    CYardstick.Run run = yardstick.run(variant, steps, settings.seconds(), core);
                    add(inC(variant, steps), run.stepsPerSecond());
                    last = Optional.of(run);
                }
                add(oneStream(steps), runs.get(oneStream(steps)).stepsPerSecond(settings.seconds()));
            }
            for (int streams : BATCHES) {
                add(batch(streams), runs.get(batch(streams)).stepsPerSecond(settings.seconds()));
            }
        }
        tell(hiddenShare, yardstick, last, core);
    }

    private void add(String name, double stepsPerSecond) {
        found.computeIfAbsent(name, unknown -> new ArrayList<>()).add(stepsPerSecond / MILLION);
    }

    private void tell(double hiddenShare, CYardstick yardstick, Optional<CYardstick.Run> inC, Optional<Integer> core) {
        report.remark(
                "Linear(16 -> 128), recurrent LIF(128), Linear(128 -> 8), LIF(8); 10 %% of the inputs are ones, %s of the hidden neurons fire in a step"
                        .formatted(percent(hiddenShare)));
        report.remark(core.map("all on core %d"::formatted).orElse("not kept on one core: there is no taskset"));
        yardstick
                .whyNot()
                .ifPresent(reason -> report.remark("without the yardstick in C, because %s".formatted(reason)));
        inC.ifPresent(run -> report.remark(
                "C: the same network by hand, fused, with vectors of %d bits and fused multiply-add; %s of its hidden neurons fire"
                        .formatted(run.vectorBits(), percent(run.hiddenShare()))));
        for (int steps : CHUNKS) {
            Figure ours = figure(oneStream(steps));
            report.add(inC.isPresent() ? ours.over(figure(inC(SIMPLE, steps)), "C") : ours);
        }
        for (int streams : BATCHES) {
            Figure ours = figure(batch(streams));
            report.add(ours.over(figure(oneStream(BATCH_CHUNK)), "one stream"));
        }
        if (inC.isPresent()) {
            for (int steps : CHUNKS) {
                report.add(figure(inC(SIMPLE, steps)));
            }
            for (int steps : CHUNKS) {
                report.add(figure(inC(BRANCH_FREE, steps)).over(figure(inC(SIMPLE, steps)), "C"));
            }
        }
    }

    private Figure figure(String name) {
        return Figure.of(name, "million steps/s", found.get(name));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String oneStream(int steps) {
        return "one stream, T = " + steps;
    }

    private static String batch(int streams) {
        return "%d streams, T = %d".formatted(streams, BATCH_CHUNK);
    }

    private static String inC(CYardstick.Variant variant, int steps) {
        return "C%s, one stream, T = %d".formatted(variant == SIMPLE ? "" : " without branches", steps);
    }
}
