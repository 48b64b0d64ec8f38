package io.riffle.sim.time;

import static java.util.Objects.requireNonNull;

import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** What all series have: from when to when, whether again and again, and the names of the channels. */
record Frame(double start, double stop, boolean periodic, List<String> channels) {
    Frame {
        channels = List.copyOf(requireNonNull(channels, "channels is null"));
        if (!Double.isFinite(start) || !Double.isFinite(stop) || stop < start) {
            throw new RiffleException("a series from %s to %s was asked for, expected its stop not before its start"
                    .formatted(Clock.seconds(start), Clock.seconds(stop)));
        }
        if (channels.isEmpty()) {
            throw new RiffleException("a series of no channels was asked for, expected at least 1");
        }
        Set<String> seen = new HashSet<>();
        for (String channel : channels) {
            if (!seen.add(channel)) {
                throw new RiffleException("the channel '%s' is there twice".formatted(channel));
            }
        }
        if (periodic && !(stop > start)) {
            throw new RiffleException("a series of 0 s cannot be periodic");
        }
    }

    /** Not periodic; the channels are named by their index. */
    static Frame of(double start, double stop, int channels) {
        return new Frame(
                start,
                stop,
                false,
                IntStream.range(0, channels).mapToObj(Integer::toString).toList());
    }

    Frame between(double from, double to) {
        return new Frame(from, to, false, channels);
    }

    Frame repeated() {
        return new Frame(start, stop, true, channels);
    }

    Frame once() {
        return new Frame(start, stop, false, channels);
    }

    Frame named(String... names) {
        if (names.length != channels.size()) {
            throw new RiffleException("%s given for %s"
                    .formatted(
                            names.length == 1 ? "1 name was" : names.length + " names were",
                            Names.count(channels.size(), "channel")));
        }
        return new Frame(start, stop, periodic, Arrays.asList(names));
    }

    Frame with(List<String> names) {
        return new Frame(start, stop, periodic, names);
    }

    Frame delayed(Instants instants, double seconds) {
        if (!Double.isFinite(seconds)) {
            throw new RiffleException(
                    "a delay of %s was given, expected a finite one".formatted(Clock.seconds(seconds)));
        }
        return new Frame(instants.moved(start, seconds), instants.moved(stop, seconds), periodic, channels);
    }

    /** The indices of channels by their names. */
    int[] indices(String... names) {
        return Arrays.stream(names).mapToInt(this::index).toArray();
    }

    private int index(String name) {
        int index = channels.indexOf(name);
        if (index < 0) {
            throw new RiffleException("the series has no channel '%s'%s".formatted(name, Names.hint(name, channels)));
        }
        return index;
    }

    /** The window from one time to another, which lies within this one and keeps its ends' bits. */
    Frame clip(Instants instants, double from, double to) {
        checkOrder(from, to);
        double first = snapped(instants.snapped(from));
        double last = snapped(instants.snapped(to));
        if (first < start || last > stop) {
            throw new RiffleException("a clip from %s to %s was asked for, but the series goes from %s"
                    .formatted(Clock.seconds(from), Clock.seconds(to), span()));
        }
        return between(first, last);
    }

    static void checkOrder(double from, double to) {
        if (!(from <= to)) {
            throw new RiffleException("a clip from %s to %s was asked for, expected its end not before its start"
                    .formatted(Clock.seconds(from), Clock.seconds(to)));
        }
    }

    private double snapped(double time) {
        if (same(time, start)) {
            return start;
        }
        return same(time, stop) ? stop : time;
    }

    /** Whether two times are equal but for the rounding that this window's times have. */
    private boolean same(double left, double right) {
        double largest = Math.max(Math.max(Math.abs(left), Math.abs(right)), Math.max(Math.abs(start), Math.abs(stop)));
        return Math.abs(left - right) <= 4 * Math.ulp(largest);
    }

    void checkContinuedBy(Frame next) {
        if (periodic || next.periodic) {
            throw new RiffleException("a periodic series has no end where another could be appended; clip it first");
        }
        if (!channels.equals(next.channels)) {
            throw new RiffleException(
                    "a series of the channels %s was appended, expected %s".formatted(next.channels, channels));
        }
        if (!same(stop, next.start)) {
            throw new RiffleException("a series that starts at %s was appended to one that stops at %s"
                    .formatted(Clock.seconds(next.start), Clock.seconds(stop)));
        }
    }

    void checkMergesWith(Frame other) {
        if (periodic != other.periodic) {
            throw new RiffleException("a periodic series cannot be merged with one that is not; clip it first");
        }
        if (!same(start, other.start) || !same(stop, other.stop)) {
            throw new RiffleException("a series from %s cannot be merged with one from %s; clip both to the same time"
                    .formatted(span(), other.span()));
        }
    }

    /** {@code 0 s to 0.5 s}. */
    String span() {
        return "%s to %s".formatted(Clock.seconds(start), Clock.seconds(stop));
    }

    @Override
    public String toString() {
        return "%s, %s%s".formatted(span(), Names.count(channels.size(), "channel"), periodic ? ", periodic" : "");
    }
}
