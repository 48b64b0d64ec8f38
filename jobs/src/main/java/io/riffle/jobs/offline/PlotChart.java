package io.riffle.jobs.offline;

import io.riffle.jobs.files.InputSettings;
import io.riffle.jobs.offline.PlotFile.Steps;
import io.riffle.jobs.picture.Columns;
import io.riffle.jobs.picture.HeatSection;
import io.riffle.jobs.picture.RasterSection;
import io.riffle.jobs.picture.Section;
import io.riffle.jobs.picture.TraceSection;
import io.riffle.sim.Names;
import java.util.ArrayList;
import java.util.List;

/**
 * One stream of a file, which becomes one chart.
 *
 * @param dt seconds per step
 */
record PlotChart(PlotFile file, String stream, double dt) {
    /** Not more than the pixels of a chart, so that what is gathered is also seen. */
    private static final int MOST_COLUMNS = 900;

    private static final int MOST_ROWS = 400;

    PlotFile.Extent extent() {
        return file.extent(stream);
    }

    /** The steps that are drawn. */
    Steps window(double beginSeconds, double endSeconds) {
        return Steps.between(beginSeconds, endSeconds, dt).within(extent());
    }

    /** What is to be gathered. */
    Columns columns(PlotKind kind, double beginSeconds, double endSeconds) {
        Steps window = window(beginSeconds, endSeconds);
        int rows = decided(kind) == PlotKind.TRACES ? Integer.MAX_VALUE : MOST_ROWS;
        return new Columns(window.begin(), window.end(), dt, file.channels(), MOST_COLUMNS, rows);
    }

    /** @param single whether the file stands above the picture already */
    Section section(PlotKind kind, Columns columns, boolean single) {
        List<String> names = file.names();
        return switch (decided(kind)) {
            case RASTER -> new RasterSection(title(single), "channel", names, columns);
            case TRACES -> new TraceSection(title(single), "value", names, columns);
            default -> new HeatSection(title(single), "channel", names, columns);
        };
    }

    private PlotKind decided(PlotKind kind) {
        return kind.decide(extent().values(), file.channels());
    }

    /** What tells this chart from the others. */
    private String title(boolean single) {
        List<String> parts = new ArrayList<>();
        String name = file.file().getFileName().toString();
        if (!single) {
            parts.add(name);
        }
        file.recordPath().filter(path -> !name.contains(path)).ifPresent(parts::add);
        if (!stream.equals(InputSettings.UNNAMED)) {
            parts.add("stream " + stream);
        }
        return parts.isEmpty() ? Names.count(file.channels(), "channel") : String.join(", ", parts);
    }
}
