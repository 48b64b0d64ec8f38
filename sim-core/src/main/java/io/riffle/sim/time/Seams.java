package io.riffle.sim.time;

import java.util.ArrayList;
import java.util.List;

/** Joins continuous series in time, so that pieces of one series give that series again. */
final class Seams {
    private Seams() {}

    /**
     * @param pieces at least two, none of 0 s, each starting where the one before stops
     */
    static ContinuousSeries join(List<ContinuousSeries> pieces) {
        ContinuousSeries first = pieces.get(0);
        ContinuousSeries last = pieces.get(pieces.size() - 1);
        List<ContinuousSeries> parts = new ArrayList<>();
        parts.add(first.samples(0, after(first)));
        for (int i = 1; i < pieces.size(); i++) {
            ContinuousSeries piece = pieces.get(i);
            addSeam(parts, pieces.get(i - 1), piece);
            boolean ends = i == pieces.size() - 1;
            parts.add(piece.samples(own(piece), ends ? piece.instants().size() : after(piece)));
        }
        return ContinuousSeries.joined(first.frame().between(first.start(), last.stop()), first.interpolation(), parts);
    }

    /** The index of the first sample that is a piece's own and not of before it. */
    private static int own(ContinuousSeries piece) {
        return piece.instants().firstNotBefore(piece.start());
    }

    /** The index of the first sample that is not before a piece's stop. */
    private static int after(ContinuousSeries piece) {
        return piece.instants().firstNotBefore(piece.stop());
    }

    /** Adds samples at the seam where one piece's neighbours outside of it are not the other's samples. */
    private static void addSeam(List<ContinuousSeries> parts, ContinuousSeries left, ContinuousSeries right) {
        int after = after(left);
        int own = own(right);
        boolean aimsBeyond = left.interpolation() == Interpolation.LINEAR
                && after < left.instants().size();
        boolean aimFound = own < right.instants().size() && (!aimsBeyond || left.sameSample(after, right, own));
        boolean startsWithSample =
                own < right.instants().size() && Clock.same(right.instants().time(own), right.start());
        boolean continued = startsWithSample || (own > 0 && after > 0 && left.sameSample(after - 1, right, own - 1));
        if (aimsBeyond && !(aimFound && continued)) {
            parts.add(left.sampleAtStop());
        }
        if (!continued) {
            parts.add(right.sampleAtStart());
        }
    }
}
