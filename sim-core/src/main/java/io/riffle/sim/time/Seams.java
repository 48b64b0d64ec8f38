package io.riffle.sim.time;

import java.util.ArrayList;
import java.util.List;

/** Joins continuous series in time, so that pieces of one series give that series again. */
final class Seams {
    private Seams() {}

    /** The samples of series that each start where the one before stops. */
    static Samples join(List<ContinuousSeries> pieces) {
        ContinuousSeries first = pieces.get(0);
        List<Samples> parts = new ArrayList<>();
        parts.add(first.samples().slice(0, pieces.size() == 1 ? first.samples().size() : after(first)));
        for (int i = 1; i < pieces.size(); i++) {
            ContinuousSeries piece = pieces.get(i);
            addSeam(parts, pieces.get(i - 1), piece);
            boolean last = i == pieces.size() - 1;
            parts.add(piece.samples().slice(own(piece), last ? piece.samples().size() : after(piece)));
        }
        return Samples.join(parts);
    }

    /** The samples of a series, of which the last value holds beyond the stop. */
    static Samples held(ContinuousSeries piece) {
        boolean aimsBeyond = piece.instants().lastReached(piece.stop()) + 1
                < piece.instants().size();
        return aimsBeyond
                ? Samples.join(List.of(piece.samples().slice(0, after(piece)), atStop(piece)))
                : piece.samples();
    }

    /** The index of the first sample that is a piece's own and not of before it. */
    private static int own(ContinuousSeries piece) {
        return piece.instants().firstNotBefore(piece.start());
    }

    /** The index of the first sample that is not before a piece's stop. */
    private static int after(ContinuousSeries piece) {
        return piece.instants().firstNotBefore(piece.stop());
    }

    /** The value towards which a piece goes at its stop: of a jump there, the first. */
    private static Samples atStop(ContinuousSeries piece) {
        int after = after(piece);
        return piece.samples().single(piece.samples().isAt(after, piece.stop()) ? after : after - 1, piece.stop());
    }

    /** Adds samples at the seam where one piece's neighbours outside of it are not the other's samples. */
    private static void addSeam(List<Samples> parts, ContinuousSeries left, ContinuousSeries right) {
        Samples before = left.samples();
        Samples next = right.samples();
        int after = after(left);
        int own = own(right);
        boolean aimsBeyond = before.interpolation() == Interpolation.LINEAR && after < before.size();
        boolean aimFound = !aimsBeyond || (own < next.size() && before.same(after, next, own));
        boolean continued =
                next.isAt(own, right.start()) || (own > 0 && after > 0 && before.same(after - 1, next, own - 1));
        if (!(aimFound && continued) && aimsBeyond) {
            parts.add(atStop(left));
        }
        if (!continued) {
            parts.add(next.single(next.index(right.start()), right.start()));
        }
    }
}
