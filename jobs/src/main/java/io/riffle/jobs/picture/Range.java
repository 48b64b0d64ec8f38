package io.riffle.jobs.picture;

import java.util.stream.LongStream;

/**
 * From the least to the greatest of some values.
 *
 * @param least above {@code greatest} if there is no value
 */
record Range(double least, double greatest) {
    static Range of(Columns values) {
        return of(values, values::least, values::greatest);
    }

    static Range ofMeans(Columns values) {
        return of(values, values::mean, values::mean);
    }

    private static Range of(Columns values, Cell leastOf, Cell greatestOf) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (int column = 0; column < values.columns(); column++) {
            for (int row = 0; row < values.rows() && !values.isEmpty(column); row++) {
                least = Math.min(least, leastOf.at(column, row));
                greatest = Math.max(greatest, greatestOf.at(column, row));
            }
        }
        return new Range(least, greatest);
    }

    private interface Cell {
        double at(int column, int row);
    }

    boolean isEmpty() {
        return least > greatest;
    }

    /** With something above and below, if it is a single value. */
    Range wide() {
        double around = least == 0 ? 1 : Math.abs(least) / 2;
        return least == greatest ? new Range(least - around, greatest + around) : this;
    }

    /** 0 for the least, 1 for the greatest; a half if they are one. */
    double share(double value) {
        return least == greatest ? 0.5 : (value - least) / (greatest - least);
    }

    /** One of 1, 2, 5, 10 .., so that at most so many marks lie in the range. */
    double step(int most) {
        if (least == greatest) {
            return least == 0 ? 1 : Math.abs(least);
        }
        double wanted = (greatest - least) / most;
        double decade = Math.pow(10, Math.floor(Math.log10(wanted)));
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * decade >= wanted) {
                return factor * decade;
            }
        }
        return 10 * decade;
    }

    /** The round numbers within. */
    double[] marks(int most) {
        if (least == greatest) {
            return new double[] {least};
        }
        double step = step(most);
        long first = (long) Math.ceil(least / step - 1e-9);
        long last = (long) Math.floor(greatest / step + 1e-9);
        return LongStream.rangeClosed(first, last)
                .mapToDouble(mark -> mark * step)
                .toArray();
    }
}
