package io.riffle.sim.conformance;

import io.riffle.sim.Tensor;
import java.util.Optional;

/** Compares recorded with computed values and keeps the largest difference and the first that is too large. */
final class Comparison {
    private final double tolerance;
    private double largestDifference;
    private CaseResult.Spikes spikes = CaseResult.Spikes.NONE;
    private String failure;

    /** @param tolerance of |a - b| / (s + |b|), b being recorded, s being a scale, which is 1 for most */
    Comparison(double tolerance) {
        this.tolerance = tolerance;
    }

    /** Which steps of which elements of a batch are compared. */
    interface Where {
        boolean holds(int element, int step);
    }

    /** Values with an element of the batch and a step in front: outputs and records. */
    void signal(String what, Values recorded, Tensor computed, boolean exactly, double scale, Where where) {
        if (!sameShape(what, recorded, computed)) {
            return;
        }
        int steps = computed.shape().size(1);
        int row = computed.shape().count() / Math.max(1, computed.shape().size(0) * steps);
        for (int element = 0; element < computed.shape().size(0); element++) {
            for (int step = 0; step < steps; step++) {
                if (where.holds(element, step)) {
                    int from = (element * steps + step) * row;
                    for (int i = from; i < from + row; i++) {
                        String at = " at [%d, %d, %d]".formatted(element, step, i - from);
                        value(what, at, recorded.data()[i], computed.arrayWithoutCopy()[i], exactly, scale);
                    }
                }
            }
        }
    }

    /** Values without time: states. */
    void values(String what, Values recorded, Tensor computed, boolean exactly, double scale) {
        if (sameShape(what, recorded, computed)) {
            for (int i = 0; i < recorded.data().length; i++) {
                value(what, "[%d]".formatted(i), recorded.data()[i], computed.arrayWithoutCopy()[i], exactly, scale);
            }
        }
    }

    private boolean sameShape(String what, Values recorded, Tensor computed) {
        boolean same = recorded.shape().equals(computed.shape());
        if (!same) {
            fail("%s has the shape %s, recorded %s".formatted(what, computed.shape(), recorded.shape()));
        }
        return same;
    }

    private void value(String what, String at, double recorded, double computed, boolean exactly, double scale) {
        double difference = Math.abs(computed - recorded) / (scale + Math.abs(recorded));
        largestDifference = Math.max(largestDifference, difference);
        if (exactly && spikes != CaseResult.Spikes.DIFFERENT) {
            spikes = computed == recorded ? CaseResult.Spikes.EQUAL : CaseResult.Spikes.DIFFERENT;
        }
        // Written so that a NaN fails.
        boolean close = exactly ? computed == recorded : difference <= tolerance;
        if (!close) {
            fail("%s%s is %s, recorded %s".formatted(what, at, (float) computed, (float) recorded));
        }
    }

    /** Values that are given, not computed: equal but for these many units in the last place. */
    void equal(String what, Tensor recorded, Tensor computed, int unitsInTheLastPlace) {
        boolean equal = recorded.shape().equals(computed.shape());
        for (int i = 0; equal && i < recorded.shape().count(); i++) {
            float expected = recorded.arrayWithoutCopy()[i];
            float difference = Math.abs(computed.arrayWithoutCopy()[i] - expected);
            equal = difference <= unitsInTheLastPlace * Math.ulp(expected);
        }
        if (!equal) {
            fail("%s is %s, recorded %s".formatted(what, computed, recorded));
        }
    }

    void equal(String what, Object recorded, Object computed) {
        if (!recorded.equals(computed)) {
            fail("%s is %s, recorded %s".formatted(what, computed, recorded));
        }
    }

    /** Keeps the first reason: the others often follow from it. */
    void fail(String reason) {
        if (failure == null) {
            failure = reason;
        }
    }

    double largestDifference() {
        return largestDifference;
    }

    CaseResult.Spikes spikes() {
        return spikes;
    }

    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }
}
