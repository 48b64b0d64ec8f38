package io.riffle.sim.time;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import io.riffle.sim.json.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Time series as JSON, one object:
 *
 * <pre>
 * {"format": "series/1", "kind": "continuous", "channels": ["x", "y"], "start": 0.0, "stop": 0.5, "periodic": false,
 *  "interpolation": "linear", "times": [0.0, 0.2, 0.5], "values": [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]]}
 * {"format": "series/1", "kind": "events", "channels": ["0", "1"], "start": 0.0, "stop": 0.003, "periodic": false,
 *  "dt": 0.001, "steps": [0, 2, 2], "on": [1, 0, 1]}
 * </pre>
 *
 * <p>Times are in seconds. The samples or events are at {@code times}, or at {@code steps} of {@code dt}. Of a continuous
 * series {@code values} has a row for each sample; of events {@code on} has the index of the channel of each. A sample
 * before the start or after the stop is what the interpolation comes from or goes to there.
 */
public final class SeriesFile {
    private static final String FORMAT = "series/1";
    private static final String CONTINUOUS = "continuous";
    private static final String EVENTS = "events";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SeriesFile() {}

    /** The members of the object; null stands for one that is not there. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Members(
            String format,
            String kind,
            List<String> channels,
            Double start,
            Double stop,
            Boolean periodic,
            String interpolation,
            Double dt,
            long[] steps,
            double[] times,
            float[][] values,
            int[] on) {}

    /** Reads a file; an error names it. */
    public static TimeSeries read(Path file) {
        return parse(JsonFile.text(file, "series file"), file.toString());
    }

    public static void write(TimeSeries series, Path file) {
        try {
            Files.writeString(file, write(series));
        } catch (IOException failed) {
            throw new RiffleException("series file %s cannot be written: %s".formatted(file, failed), failed);
        }
    }

    /** Writes a series so that {@link #parse} gives an equal one. */
    public static String write(TimeSeries series) {
        try {
            return JSON.writeValueAsString(members(series));
        } catch (JsonProcessingException failed) {
            throw new IllegalStateException("a series of numbers and names is always JSON", failed);
        }
    }

    private static Members members(TimeSeries series) {
        Instants instants = series.instants();
        boolean stepped = instants instanceof Instants.Stepped;
        ContinuousSeries continuous = series instanceof ContinuousSeries values ? values : null;
        return new Members(
                FORMAT,
                continuous == null ? EVENTS : CONTINUOUS,
                series.channels(),
                series.start(),
                series.stop(),
                series.periodic(),
                continuous == null ? null : continuous.interpolation().name().toLowerCase(Locale.ROOT),
                stepped ? series.dt().getAsDouble() : null,
                instants instanceof Instants.Stepped onSteps
                        ? IntStream.range(0, instants.size())
                                .mapToLong(onSteps::step)
                                .toArray()
                        : null,
                stepped
                        ? null
                        : IntStream.range(0, instants.size())
                                .mapToDouble(instants::time)
                                .toArray(),
                continuous == null ? null : rows(continuous.samples().rows(0, instants.size())),
                series instanceof EventSeries events ? events.channelIndices() : null);
    }

    private static float[][] rows(Tensor values) {
        int channels = values.shape().size(1);
        float[] all = values.arrayWithoutCopy();
        return IntStream.range(0, values.shape().size(0))
                .mapToObj(row -> Arrays.copyOfRange(all, row * channels, (row + 1) * channels))
                .toArray(float[][]::new);
    }

    /**
     * Reads a text.
     *
     * @param source where the text is from, for messages
     */
    public static TimeSeries parse(String json, String source) {
        try {
            return series(JSON.readValue(json, Members.class));
        } catch (UnrecognizedPropertyException unknown) {
            List<String> known = Arrays.stream(Members.class.getRecordComponents())
                    .map(component -> component.getName())
                    .toList();
            throw new RiffleException("%s: a series has no '%s'%s"
                    .formatted(source, unknown.getPropertyName(), Names.hint(unknown.getPropertyName(), known)));
        } catch (JsonMappingException wrong) {
            String place = wrong.getPath().isEmpty() ? "" : " at " + place(wrong.getPath());
            throw new RiffleException("%s%s: %s".formatted(source, place, wrong.getOriginalMessage()));
        } catch (JsonProcessingException broken) {
            throw JsonFile.broken(source, broken);
        } catch (RiffleException wrong) {
            throw new RiffleException("%s: %s".formatted(source, wrong.getMessage()), wrong);
        }
    }

    private static String place(List<JsonMappingException.Reference> path) {
        StringBuilder place = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            place.append(step.getFieldName() == null ? "[%d]".formatted(step.getIndex()) : step.getFieldName());
        }
        return place.toString();
    }

    private static TimeSeries series(Members members) {
        if (members == null || !FORMAT.equals(members.format)) {
            throw new RiffleException(
                    "the format is '%s', expected '%s'".formatted(members == null ? null : members.format, FORMAT));
        }
        Frame frame = new Frame(
                given("start", members.start),
                given("stop", members.stop),
                given("periodic", members.periodic),
                given("channels", members.channels));
        Instants instants = instants(members);
        return switch (given("kind", members.kind)) {
            case CONTINUOUS ->
                ContinuousSeries.checked(
                        frame,
                        interpolation(given("interpolation", members.interpolation)),
                        instants,
                        flat(given("values", members.values), instants.size(), frame.channels()));
            case EVENTS -> EventSeries.checked(frame, instants, ofEach(given("on", members.on), instants.size()));
            default ->
                throw new RiffleException(
                        "the kind is '%s', expected '%s' or '%s'".formatted(members.kind, CONTINUOUS, EVENTS));
        };
    }

    private static <T> T given(String name, T value) {
        if (value == null) {
            throw new RiffleException("there is no '%s'".formatted(name));
        }
        return value;
    }

    private static Instants instants(Members members) {
        if (members.dt == null && members.steps == null) {
            return Instants.free(given("times", members.times));
        }
        if (members.times != null) {
            throw new RiffleException("there are 'times' and 'steps' of a 'dt', expected one of both");
        }
        return Instants.onClock(new Clock(given("dt", members.dt)), given("steps", members.steps));
    }

    private static Interpolation interpolation(String name) {
        return Arrays.stream(Interpolation.values())
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new RiffleException(
                        "the interpolation is '%s', expected 'linear' or 'previous'".formatted(name)));
    }

    private static float[] flat(float[][] rows, int samples, List<String> channels) {
        if (rows.length != samples) {
            throw new RiffleException("'values' has %d rows, expected %d".formatted(rows.length, samples));
        }
        float[] flat = new float[rows.length * channels.size()];
        for (int row = 0; row < rows.length; row++) {
            if (rows[row] == null || rows[row].length != channels.size()) {
                throw new RiffleException("row %d of 'values' has %s, expected %d"
                        .formatted(
                                row,
                                rows[row] == null ? "no value" : Names.count(rows[row].length, "value"),
                                channels.size()));
            }
            System.arraycopy(rows[row], 0, flat, row * channels.size(), channels.size());
        }
        return flat;
    }

    private static int[] ofEach(int[] on, int events) {
        if (on.length != events) {
            throw new RiffleException("'on' has %s, expected %d".formatted(Names.count(on.length, "channel"), events));
        }
        return on;
    }
}
