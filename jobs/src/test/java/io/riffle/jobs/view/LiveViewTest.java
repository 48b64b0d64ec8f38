package io.riffle.jobs.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.schemas.Chunk;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveViewTest {
    private static final long SECOND = 1_000_000_000;

    private final History sensors = new History(1_000, 0.01);
    private final History spikes = new History(1_000, 0.01);
    private final History readOut = new History(1_000, 0.01);
    private final Meters meters = new Meters(0, Optional.of(URI.create("http://127.0.0.1:8081")));
    private final LiveView view = new LiveView(
            "riffle demo",
            List.of(
                    new BarPanel(
                            "sensors",
                            Style.SENSOR,
                            List.of("cpu.mean", "cpu.max", "memory.used", "disk.read"),
                            sensors,
                            BarPanel.Scale.UNIT),
                    new RasterPanel("1_LIF", spikes),
                    new BarPanel("read-out", Style.READ_OUT, List.of("0", "1"), readOut, BarPanel.Scale.LARGEST)),
            meters);

    @Test
    void drawsBarsSpikesAndStatus() {
        fill();
        assertThat(texts(60, 20, Glyphs.UNICODE))
                .containsExactly(
                        "riffle demo",
                        "sensors",
                        "cpu.mean       ████      0.50 memory.used    ▏         0.01",
                        "cpu.max        ████████  1.00 disk.read                0.00",
                        "1_LIF: 8 neurons, last 8 s, 4 spikes/s",
                        "   0                                                       ⠁",
                        "   4                                                       ⡃",
                        "read-out",
                        "0              ████████  2.00 1              ██       -0.50",
                        "00:02  50 steps/s  latency p50 4 ms p99 9 ms  rejected 0",
                        "http://127.0.0.1:8081");
    }

    @Test
    void drawsTheSameInPlainCharacters() {
        fill();
        assertThat(texts(60, 20, Glyphs.ASCII))
                .containsExactly(
                        "riffle demo",
                        "sensors",
                        "cpu.mean       ####      0.50 memory.used              0.01",
                        "cpu.max        ########  1.00 disk.read                0.00",
                        "1_LIF: 8 neurons, last 8 s, 4 spikes/s",
                        "   0                                                       .",
                        "   1",
                        "   2",
                        "   3",
                        "   4                                                       .",
                        "   5                                                       .",
                        "   6",
                        "   7                                                       .",
                        "read-out",
                        "0              ########  2.00 1              ##       -0.50",
                        "00:02  50 steps/s  latency p50 4 ms p99 9 ms  rejected 0",
                        "http://127.0.0.1:8081");
    }

    @Test
    void makesDoWithANarrowTerminal() {
        fill();
        assertThat(texts(40, 9, Glyphs.UNICODE))
                .containsExactly(
                        "riffle demo",
                        "sensors ▄█▁",
                        "1_LIF: 8 neurons, last 8 s, 4 spikes/s",
                        "   0                                   ⠈",
                        "   4                                   ⢘",
                        "read-out █▂",
                        "00:02  50 steps/s",
                        "latency p50 4 ms p99 9 ms  rejected 0",
                        "http://127.0.0.1:8081");
    }

    @Test
    void neverGoesBeyondTheTerminal() {
        fill();
        for (int width = 1; width < 130; width++) {
            for (int height = 1; height < 40; height++) {
                for (Glyphs glyphs : Glyphs.values()) {
                    List<Line> lines = view.lines(width, height, glyphs);
                    assertThat(lines.size()).as("%d x %d", width, height).isBetween(1, height);
                    for (Line line : lines) {
                        assertThat(line.text().length())
                                .as("'%s' at %d x %d", line.text(), width, height)
                                .isLessThanOrEqualTo(width);
                    }
                }
            }
        }
    }

    @Test
    void showsThatItHasNothingYet() {
        assertThat(texts(60, 16, Glyphs.UNICODE))
                .containsExactly(
                        "riffle demo",
                        "sensors",
                        "cpu.mean                 0.00 memory.used              0.00",
                        "cpu.max                  0.00 disk.read                0.00",
                        "1_LIF: 0 neurons, last 8 s, 0 spikes/s",
                        "read-out",
                        "0                        0.00 1                        0.00",
                        "00:00  0 steps/s  rejected 0  http://127.0.0.1:8081");
    }

    @Test
    void whatIsRejectedIsSeenAtOnce() {
        meters.reject();
        assertThat(view.lines(80, 24, Glyphs.ASCII))
                .filteredOn(line -> line.style() == Style.WARNING)
                .singleElement()
                .satisfies(line -> assertThat(line.text()).contains("rejected 1"));
        assertThat(view.summary())
                .isEqualTo("riffle demo  00:00  0 steps/s  rejected 1  http://127.0.0.1:8081  0 spikes/s");
    }

    @Test
    void theStatusTellsTheLatencyOfTheLastSecondsTheSummaryAllOfIt() {
        meters.latency(900);
        meters.tick(6 * SECOND);
        meters.tick(12 * SECOND);
        meters.latency(3);
        assertThat(view.summary()).contains("latency p50 3 ms p99 3 ms");
        assertThat(meters.latencyPercentile(99)).hasValue(900L);
    }

    @Test
    void aRasterThatScrollsKeepsItsShape() {
        RasterPanel panel = new RasterPanel("x", spikes);
        float[] values = new float[800];
        values[100] = 1;
        values[101] = 1;
        values[117] = 1;
        spikes.add(new Chunk("s", 0, 800, 1, values));
        List<String> shapes = new ArrayList<>();
        for (int step = 800; step < 900; step++) {
            spikes.add(new Chunk("s", step, 1, 1, new float[1]));
            String text = panel.lines(40, 2, Glyphs.UNICODE)
                    .get(1)
                    .text()
                    .replaceFirst("   0", "")
                    .strip();
            if (!text.isEmpty()) {
                shapes.add(text);
            }
        }
        assertThat(shapes).isNotEmpty();
        assertThat(shapes.stream().distinct()).hasSizeLessThanOrEqualTo(2);
    }

    private void fill() {
        sensors.add(new Chunk("s", 0, 1, 4, new float[] {0.5f, 1, 0.01f, 0}));
        // all eight neurons over 100 steps; 0, 4, 5 and 7 fire at the end
        float[] fired = new float[800];
        fired[99 * 8] = 1;
        fired[99 * 8 + 7] = 1;
        fired[99 * 8 + 4] = 1;
        fired[99 * 8 + 5] = 1;
        spikes.add(new Chunk("s", 0, 100, 8, fired));
        readOut.add(new Chunk("s", 0, 1, 2, new float[] {2, -0.5f}));
        meters.steps(100, 2 * SECOND);
        meters.latency(4);
        meters.latency(4);
        meters.latency(9);
    }

    private List<String> texts(int width, int height, Glyphs glyphs) {
        return view.lines(width, height, glyphs).stream().map(Line::text).toList();
    }
}
