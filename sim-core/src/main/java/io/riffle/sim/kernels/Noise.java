package io.riffle.sim.kernels;

/**
 * Normally distributed noise without generator state: each number is a function of (seed, stream, module path, step,
 * unit), so that step 10^9 needs no earlier draw and no restart, chunk or batch changes a bit.
 *
 * <p>The five coordinates are folded into 64 bits by the finaliser of SplitMix64 (Steele, Lea and Flood, 2014), two
 * draws of which give one normal number by the method of Box and Muller (1958).
 */
public final class Noise {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long key;

    private Noise(long key) {
        this.key = key;
    }

    public static Noise of(long seed, long streamKey, long pathKey) {
        return new Noise(fold(fold(fold(0, seed), streamKey), pathKey));
    }

    /** A key for a name, the same on every machine. */
    public static long key(String name) {
        long key = 0;
        for (int i = 0; i < name.length(); i++) {
            key = fold(key, name.charAt(i));
        }
        return fold(key, name.length());
    }

    /** One folding step: a different result for every pair of arguments, as far as 64 bits go. */
    public static long fold(long key, long value) {
        return mix(key + GOLDEN_GAMMA + mix(value + GOLDEN_GAMMA));
    }

    /** The standard normal number of one step and unit. */
    public float normal(long step, int unit) {
        long place = fold(fold(key, step), unit);
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(mix(place + GOLDEN_GAMMA))));
        return (float) (radius * StrictMath.cos(2 * Math.PI * uniform(mix(place + 2 * GOLDEN_GAMMA))));
    }

    /** The number of one step and unit that is uniform in [0, 1); independent of {@link #normal}. */
    public double uniform(long step, int unit) {
        return uniform(mix(fold(fold(key, step), unit) + 3 * GOLDEN_GAMMA));
    }

    /** 53 of the 64 bits as a number in [0, 1). */
    private static double uniform(long bits) {
        return (bits >>> 11) * 0x1.0p-53;
    }

    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
