package io.riffle.jobs.offline;

import io.riffle.jobs.picture.TraceSection;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a recording is drawn. */
enum PlotKind {
    /** By what the values look like. */
    AUTO,
    /** A mark per event. */
    RASTER,
    /** A line per channel. */
    TRACES,
    /** A colour per value. */
    HEAT;

    /** For values that are spikes a raster, else lines for few channels and colours for many. */
    PlotKind decide(Values values, int channels) {
        if (this != AUTO) {
            return this;
        }
        if (values.areEvents()) {
            return RASTER;
        }
        return channels <= TraceSection.MOST_LINES ? TRACES : HEAT;
    }

    /** The way a person types it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For the command line. */
    static final class Converter implements ITypeConverter<PlotKind> {
        @Override
        public PlotKind convert(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.name().equalsIgnoreCase(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'%s', expected one of %s".formatted(text, Arrays.toString(values()))));
        }
    }

    /** What is known of the values. */
    static final class Values {
        private long count;
        private long zeros;
        private boolean counts = true;

        void add(float value) {
            count++;
            if (value == 0) {
                zeros++;
            }
            counts &= value >= 0 && value == Math.rint(value);
        }

        /** Whole numbers from 0, most of them 0. */
        boolean areEvents() {
            return count > 0 && counts && zeros > count / 2;
        }
    }
}
