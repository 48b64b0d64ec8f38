package io.riffle.jobs.bench;

import java.util.Locale;

/** A report as lines: figures as median and range, and the ratio to their yardstick. */
final class ReportText {
    private static final String FIGURE = "  %-44s %s%n";

    private final StringBuilder text = new StringBuilder();

    ReportText(Report report) {
        machine(report.machine());
        text.append(String.format(
                Locale.ROOT,
                "repeats   %d, of %d ms each; median (least .. greatest)%n",
                report.settings().repeats(),
                report.settings().duration().toMillis()));
        report.sections().forEach(this::section);
    }

    private void machine(Machine machine) {
        line("processor", "%s, %d cores".formatted(machine.processor(), machine.cores()));
        line("system", machine.system());
        line("java", machine.java() + (machine.flags().isEmpty() ? "" : ", " + String.join(" ", machine.flags())));
        line("kernel", machine.kernel());
        if (machine.load() >= 0) {
            line("load", String.format(Locale.ROOT, "%.1f cores busy in the minute before", machine.load()));
        }
    }

    private void line(String key, String value) {
        text.append(String.format("%-9s %s%n", key, value));
    }

    private void section(SectionReport section) {
        text.append(
                String.format("%n%s: %s%n", section.section(), section.section().title()));
        section.figures().forEach(this::figure);
        section.remarks().forEach(remark -> text.append(String.format("  (%s)%n", remark)));
    }

    private void figure(Figure figure) {
        String values = "%s %s".formatted(range(figure.values()), figure.unit());
        String ratio = figure.ratio()
                .map(found -> "   %s of %s".formatted(range(found.values()), found.to()))
                .orElse("");
        text.append(String.format(FIGURE, figure.name(), values + ratio));
    }

    private static String range(Spread spread) {
        return spread.repeats().size() == 1
                ? number(spread.median())
                : "%s (%s .. %s)".formatted(number(spread.median()), number(spread.least()), number(spread.greatest()));
    }

    /** Three digits that count. */
    private static String number(double value) {
        double size = Math.abs(value);
        if (size >= 10_000) {
            return String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ');
        }
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
