package io.riffle.jobs.picture;

/**
 * Colours from dark violet over green to yellow, evenly brighter to the eye, also to one that sees fewer colours or on
 * paper without any: the map that is known as viridis, through ten of its points.
 */
final class Viridis {
    private static final int[] POINTS = {
        0x440154, 0x482878, 0x3E4A89, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6DCD59, 0xB4DE2C, 0xFDE725
    };

    private Viridis() {}

    /** The opaque colour, ARGB, of a share from 0 to 1. */
    static int at(double share) {
        double place = Math.max(0, Math.min(1, share)) * (POINTS.length - 1);
        int point = (int) Math.min(POINTS.length - 2.0, place);
        double rest = place - point;
        int colour = 0xFF;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = POINTS[point] >> shift & 0xFF;
            int high = POINTS[point + 1] >> shift & 0xFF;
            colour = colour << 8 | (int) Math.round(low + rest * (high - low));
        }
        return colour;
    }
}
