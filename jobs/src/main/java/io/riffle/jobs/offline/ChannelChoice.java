package io.riffle.jobs.offline;

import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Some channels by their numbers, written {@code 0-15,20}. */
final class ChannelChoice {
    private static final Pattern PART = Pattern.compile("\\s*(\\d{1,9})\\s*(?:-\\s*(\\d{1,9})\\s*)?");

    private final List<Interval> intervals;

    /** Both ends are in it. */
    private record Interval(int first, int last) {}

    private ChannelChoice(List<Interval> intervals) {
        this.intervals = intervals;
    }

    static ChannelChoice parse(String text) {
        List<Interval> intervals = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw wrong(text);
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (last < first) {
                throw wrong(text);
            }
            intervals.add(new Interval(first, last));
        }
        return new ChannelChoice(intervals);
    }

    private static RiffleException wrong(String text) {
        return new RiffleException("'%s' is not a list of channels such as 0-15,20".formatted(text));
    }

    /** Each once, in the order in which they are written. */
    int[] of(int channels, Path file) {
        for (Interval interval : intervals) {
            if (interval.last() >= channels) {
                throw new RiffleException("%s has %s, expected a channel %d as --channels asks for"
                        .formatted(file, Names.count(channels, "channel"), interval.last()));
            }
        }
        return intervals.stream()
                .flatMapToInt(interval -> IntStream.rangeClosed(interval.first(), interval.last()))
                .distinct()
                .toArray();
    }

    /** For the command line. */
    static final class Converter implements ITypeConverter<ChannelChoice> {
        @Override
        public ChannelChoice convert(String text) {
            try {
                return parse(text);
            } catch (RiffleException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }
}
