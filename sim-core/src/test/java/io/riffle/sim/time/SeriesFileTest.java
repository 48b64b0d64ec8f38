package io.riffle.sim.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesFileTest {
    private static final String CONTINUOUS =
            """
            {"format":"series/1","kind":"continuous","channels":["x","y"],"start":0.0,"stop":0.5,"periodic":false,\
            "interpolation":"linear","times":[0.0,0.2,0.5],"values":[[0.1,0.2],[0.3,0.4],[0.5,0.6]]}""";
    private static final String EVENTS =
            """
            {"format":"series/1","kind":"events","channels":["0","1"],"start":0.0,"stop":0.003,"periodic":true,\
            "dt":0.001,"steps":[0,2,2],"on":[1,0,1]}""";

    @TempDir
    Path directory;

    private static void refuses(String json, String message) {
        assertThatThrownBy(() -> SeriesFile.parse(json, "s.json"))
                .isInstanceOf(RiffleException.class)
                .hasMessage(message);
    }

    @Test
    void writesContinuousSeriesWithARowForEachSample() {
        ContinuousSeries series = ContinuousSeries.of(
                        new double[] {0, 0.2, 0.5},
                        Tensor.of(new float[][] {{0.1f, 0.2f}, {0.3f, 0.4f}, {0.5f, 0.6f}}),
                        Interpolation.LINEAR)
                .named("x", "y");
        assertThat(SeriesFile.write(series)).isEqualTo(CONTINUOUS);
        assertThat(SeriesFile.parse(CONTINUOUS, "s.json")).isEqualTo(series);
    }

    @Test
    void writesEventsWithTheirStepsAndChannels() {
        EventSeries series = EventSeries.ofRaster(0.001, 0, Tensor.of(new float[][] {{0, 1}, {0, 0}, {1, 1}}))
                .repeated();
        assertThat(SeriesFile.write(series)).isEqualTo(EVENTS);
        assertThat(SeriesFile.parse(EVENTS, "s.json")).isEqualTo(series);
    }

    @Test
    void savesAndLoadsFiles() throws IOException {
        Path file = directory.resolve("s.json");
        TimeSeries series = ContinuousSeries.ofRaster(0.1, -3, Tensor.of(1f, Float.MIN_VALUE, 1 / 3f));
        series.save(file);
        assertThat(TimeSeries.load(file)).isEqualTo(series);
        Files.write(file, new byte[] {(byte) 0xff});
        assertThatThrownBy(() -> TimeSeries.load(file)).hasMessage(file + " is no JSON: it is not a text in UTF-8");
        Path none = directory.resolve("none.json");
        assertThatThrownBy(() -> TimeSeries.load(none)).hasMessage("series file " + none + " does not exist");
        assertThatThrownBy(() -> series.save(directory))
                .hasMessageStartingWith("series file " + directory + " cannot be written: ");
    }

    @Test
    void aFileThatIsNoSeriesIsAnErrorThatSaysWhere() {
        refuses("{}", "s.json: the format is 'null', expected 'series/1'");
        refuses("null", "s.json: the format is 'null', expected 'series/1'");
        refuses(EVENTS.replace("series/1", "series/2"), "s.json: the format is 'series/2', expected 'series/1'");
        refuses(EVENTS.replace("\"on\"", "\"om\""), "s.json: a series has no 'om', did you mean 'on'?");
        refuses(EVENTS.replace("events", "spikes"), "s.json: the kind is 'spikes', expected 'continuous' or 'events'");
        refuses(EVENTS.replace("\"stop\":0.003,", ""), "s.json: there is no 'stop'");
        refuses(EVENTS.replace("\"dt\":0.001,", ""), "s.json: there is no 'dt'");
        refuses(
                EVENTS.replace("\"dt\"", "\"times\":[0],\"dt\""),
                "s.json: there are 'times' and 'steps' of a 'dt', expected one of both");
        refuses(EVENTS.replace("[1,0,1]", "[1,0]"), "s.json: 'on' has 2 channels, expected 3");
        refuses(EVENTS.replace("[1,0,1]", "[1,0,7]"), "s.json: event 2 is on channel 7, expected 0 to 1");
        refuses(
                CONTINUOUS.replace("linear", "cubic"),
                "s.json: the interpolation is 'cubic', expected 'linear' or 'previous'");
        refuses(CONTINUOUS.replace("[0.3,0.4],", ""), "s.json: 'values' has 2 rows, expected 3");
        refuses(CONTINUOUS.replace("[0.3,0.4]", "[0.3]"), "s.json: row 1 of 'values' has 1 value, expected 2");
        refuses(CONTINUOUS.replace("[0.3,0.4]", "null"), "s.json: row 1 of 'values' has no value, expected 2");
        refuses(
                CONTINUOUS.replace("0.4", "\"NaN\""),
                "s.json: the value of channel 'y' at 0.2 s is NaN, expected a finite number");
        refuses(
                CONTINUOUS.replace("\"start\":0.0", "\"start\":-1.0"),
                "s.json: the series starts at -1 s, but its first sample is later");
    }

    @Test
    void aMemberOfAWrongKindIsNamed() {
        assertThatThrownBy(() -> SeriesFile.parse("{", "s.json")).hasMessageStartingWith("s.json is no JSON: ");
        assertThatThrownBy(() -> SeriesFile.parse(EVENTS.replace("[0,2,2]", "[0,1.5,2]"), "s.json"))
                .hasMessageStartingWith("s.json at steps");
        assertThatThrownBy(() -> SeriesFile.parse(EVENTS + "1", "s.json")).hasMessageStartingWith("s.json");
        assertThatThrownBy(() -> SeriesFile.parse(EVENTS.replace("\"on\"", "\"kind\":\"events\",\"on\""), "s.json"))
                .hasMessageContaining("Duplicate field 'kind'");
    }
}
