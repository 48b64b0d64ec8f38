package io.riffle.sim.time;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** When the samples or events of a series are, ascending: on the steps of a clock, or anywhere. Immutable. */
sealed interface Instants {
    int size();

    double time(int index);

    Optional<Clock> clock();

    /** Those at these indices, in this order. */
    Instants pick(int... indices);

    /** The time that is later by so many seconds; on a clock, steps are added and not seconds. */
    double moved(double time, double seconds);

    /** The seconds between two times: on a clock, those of the steps between them. */
    double between(double from, double to);

    Instants delayed(double seconds);

    /** The time itself, or the step's of which it is only a rounding away. */
    double snapped(double time);

    /** Takes the array over. */
    static Instants free(double[] times) {
        return new Free(times);
    }

    /** Takes the array over. */
    static Instants onClock(Clock clock, long[] steps) {
        return new Stepped(clock, steps);
    }

    /** So many consecutive steps. */
    static Instants onClock(Clock clock, long firstStep, int count) {
        long[] steps = new long[count];
        Arrays.setAll(steps, i -> firstStep + i);
        return new Stepped(clock, steps);
    }

    /** One after the other; on a clock if all are on the same. */
    static Instants join(List<Instants> parts) {
        List<Instants> filled = parts.stream().filter(part -> part.size() > 0).toList();
        if (filled.isEmpty()) {
            return parts.stream()
                    .filter(part -> part.clock().isPresent())
                    .findFirst()
                    .orElse(parts.get(0));
        }
        Optional<Clock> clock = filled.get(0).clock();
        if (clock.isPresent() && filled.stream().allMatch(part -> part.clock().equals(clock))) {
            return new Stepped(
                    clock.get(),
                    filled.stream()
                            .flatMapToLong(part -> Arrays.stream(((Stepped) part).steps))
                            .toArray());
        }
        return new Free(filled.stream()
                .flatMapToDouble(part -> IntStream.range(0, part.size()).mapToDouble(part::time))
                .toArray());
    }

    default Instants slice(int from, int to) {
        return pick(IntStream.range(from, to).toArray());
    }

    default boolean before(int index, double time) {
        return time(index) < time && !Clock.same(time(index), time);
    }

    /** Whether the time is at this instant or after it. */
    default boolean reached(int index, double time) {
        return time(index) <= time || Clock.same(time(index), time);
    }

    /** The index of the last instant that this time has reached, -1 if it has reached none. */
    default int lastReached(double time) {
        int low = -1;
        int high = size();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (reached(middle, time)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The index of the first instant that is not before this time, the size if there is none. */
    default int firstNotBefore(double time) {
        int low = -1;
        int high = size();
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (before(middle, time)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Instants that are numbers of steps. */
    final class Stepped implements Instants {
        private final Clock clock;
        private final long[] steps;

        private Stepped(Clock clock, long[] steps) {
            this.clock = clock;
            this.steps = steps;
        }

        long step(int index) {
            return steps[index];
        }

        @Override
        public int size() {
            return steps.length;
        }

        @Override
        public double time(int index) {
            return clock.time(steps[index]);
        }

        @Override
        public Optional<Clock> clock() {
            return Optional.of(clock);
        }

        @Override
        public Instants pick(int... indices) {
            return new Stepped(
                    clock, Arrays.stream(indices).mapToLong(i -> steps[i]).toArray());
        }

        @Override
        public double moved(double time, double seconds) {
            OptionalLong step = clock.stepAt(time);
            OptionalLong by = clock.stepAt(seconds);
            return step.isPresent() && by.isPresent()
                    ? clock.time(Math.addExact(step.getAsLong(), by.getAsLong()))
                    : time + seconds;
        }

        @Override
        public double between(double from, double to) {
            OptionalLong first = clock.stepAt(from);
            OptionalLong last = clock.stepAt(to);
            return first.isPresent() && last.isPresent()
                    ? clock.time(Math.subtractExact(last.getAsLong(), first.getAsLong()))
                    : to - from;
        }

        @Override
        public Instants delayed(double seconds) {
            OptionalLong by = clock.stepAt(seconds);
            if (by.isPresent()) {
                return new Stepped(
                        clock,
                        Arrays.stream(steps)
                                .map(step -> Math.addExact(step, by.getAsLong()))
                                .toArray());
            }
            return new Free(IntStream.range(0, steps.length)
                    .mapToDouble(i -> time(i) + seconds)
                    .toArray());
        }

        @Override
        public double snapped(double time) {
            OptionalLong step = clock.stepAt(time);
            return step.isPresent() ? clock.time(step.getAsLong()) : time;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Stepped stepped
                    && clock.equals(stepped.clock)
                    && Arrays.equals(steps, stepped.steps);
        }

        @Override
        public int hashCode() {
            return 31 * clock.hashCode() + Arrays.hashCode(steps);
        }
    }

    /** Instants at any times. */
    final class Free implements Instants {
        private final double[] times;

        private Free(double[] times) {
            this.times = times;
        }

        @Override
        public int size() {
            return times.length;
        }

        @Override
        public double time(int index) {
            return times[index];
        }

        @Override
        public Optional<Clock> clock() {
            return Optional.empty();
        }

        @Override
        public Instants pick(int... indices) {
            return new Free(Arrays.stream(indices).mapToDouble(i -> times[i]).toArray());
        }

        @Override
        public double moved(double time, double seconds) {
            return time + seconds;
        }

        @Override
        public double between(double from, double to) {
            return to - from;
        }

        @Override
        public Instants delayed(double seconds) {
            return new Free(Arrays.stream(times).map(time -> time + seconds).toArray());
        }

        @Override
        public double snapped(double time) {
            return time;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Free free && Arrays.equals(times, free.times);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(times);
        }
    }
}
