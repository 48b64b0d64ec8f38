package io.riffle.sim.kernels;

import java.util.function.Supplier;

/**
 * Which kernel computes: vectors where Java's Vector API is there, plain loops elsewhere. The bits are the same.
 *
 * <p>Vectors are slow until the JVM has compiled them, and in JVMs that never will: some hundred times slower than plain
 * loops. So plain loops compute until a {@link WarmUp} in the background has seen vectors win. The system property
 * {@value #PROPERTY} asks for one of them from the first step on: {@code vector} or {@code plain}.
 */
public final class Kernels {
    /** The system property that asks for a kernel. */
    public static final String PROPERTY = "riffle.kernel";

    private static final String AUTO = "auto";
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    private static final String ASKED = System.getProperty(PROPERTY, AUTO);

    private static final Kernel CHOSEN =
            choose(ASKED, ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent(), Kernels::vectors);

    /** What the sizes of rows are multiples of. */
    static final int LANES = CHOSEN.lanes();

    private static volatile Kernel now = CHOSEN;

    static {
        if (ASKED.equals(AUTO) && !(CHOSEN instanceof PlainKernel)) {
            now = new PlainKernel("until %s are compiled".formatted(CHOSEN.description()));
            new WarmUp(now, CHOSEN, won -> now = won).start();
        }
    }

    private Kernels() {}

    /** The kernel to compute with, until the next chunk. */
    static Kernel now() {
        return now;
    }

    /**
     * The kernel in use, and why it is no faster one: {@code vectors of 256 bits}, or {@code plain loops (for vectors start
     * java with --add-modules=jdk.incubator.vector)}.
     */
    public static String description() {
        return now.description();
    }

    /** Never fails, as nothing could be computed then: the description says what is wrong. */
    static Kernel choose(String asked, boolean moduleIsThere, Supplier<Kernel> vectors) {
        switch (asked) {
            case "plain":
                return new PlainKernel("as %s asks for".formatted(PROPERTY));
            case "vector", AUTO:
                break;
            default:
                return new PlainKernel("%s is '%s', expected vector or plain".formatted(PROPERTY, asked));
        }
        if (!moduleIsThere) {
            return new PlainKernel("for vectors start java with --add-modules=%s".formatted(VECTOR_MODULE));
        }
        try {
            return vectors.get();
        } catch (UnsupportedOperationException | LinkageError unusable) {
            return new PlainKernel("vectors cannot be used: %s".formatted(unusable.getMessage()));
        }
    }

    /** By name, as the class does not load where the module is not. */
    static Kernel vectors() {
        try {
            return (Kernel) Class.forName("io.riffle.sim.kernels.VectorKernel")
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException unusable) {
            throw new UnsupportedOperationException(
                    unusable.getCause() == null
                            ? unusable.toString()
                            : unusable.getCause().getMessage(),
                    unusable);
        }
    }
}
