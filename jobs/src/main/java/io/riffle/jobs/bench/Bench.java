package io.riffle.jobs.bench;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Measures this machine, one section after the other. */
public final class Bench {
    private final BenchSettings settings;
    private final Talk talk;

    /** @param err where it says what is being measured */
    public Bench(BenchSettings settings, PrintWriter err) {
        this.settings = requireNonNull(settings, "settings is null");
        this.talk = new Talk(requireNonNull(err, "err is null"));
    }

    public Report run() throws InterruptedException {
        Machine machine = Machine.current();
        List<SectionReport> sections = new ArrayList<>();
        for (Section section : Section.values()) {
            if (settings.sections().contains(section)) {
                sections.add(measure(section));
            }
        }
        return new Report(machine, settings, sections);
    }

    private SectionReport measure(Section section) throws InterruptedException {
        return switch (section) {
            case KERNELS -> new KernelSection(settings, talk).measure();
            case PIPELINE -> new PipelineSection(settings, talk).measure();
            case LATENCY -> new LatencySection(settings, talk).measure();
            case MEMORY -> new MemorySection(settings, talk).measure();
            case STREAMS -> new StreamsSection(settings, talk).measure();
            case PROFILE -> new ProfileSection(settings, talk).measure();
            case MODEL -> new ModelSection(settings, talk).measure();
            case START -> new StartSection(settings, talk).measure();
        };
    }
}
