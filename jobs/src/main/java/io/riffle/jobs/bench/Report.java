package io.riffle.jobs.bench;

import java.util.List;

/**
 * All that was measured in one run.
 *
 * @param machine where
 * @param settings how
 * @param sections what
 */
public record Report(Machine machine, BenchSettings settings, List<SectionReport> sections) {
    public Report {
        sections = List.copyOf(sections);
    }

    /** For a person. */
    public String text() {
        return new ReportText(this).toString();
    }

    /** For a program. */
    public String json() {
        return ReportJson.of(this);
    }
}
