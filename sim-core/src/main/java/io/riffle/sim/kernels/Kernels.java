package io.riffle.sim.kernels;

import java.util.function.Supplier;

/**
 * Which kernel computes, decided once at start: vectors where Java's Vector API is there, plain loops elsewhere. The bits
 * are the same. The system property {@value #PROPERTY} asks for one by name, {@code vector} or {@code plain}.
 */
public final class Kernels {
    /** The system property that asks for a kernel. */
    public static final String PROPERTY = "riffle.kernel";

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    static final Kernel BEST = choose(
            System.getProperty(PROPERTY, "vector"),
            ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent(),
            Kernels::vectors);

    private Kernels() {}

    /**
     * The kernel in use, and why it is no faster one: {@code vectors of 256 bits}, or {@code plain loops (for vectors start
     * java with --add-modules=jdk.incubator.vector)}.
     */
    public static String description() {
        return BEST.description();
    }

    /** Never fails, as nothing could be computed then: the description says what is wrong. */
    static Kernel choose(String asked, boolean moduleIsThere, Supplier<Kernel> vectors) {
        if (asked.equals("plain")) {
            return new PlainKernel("as %s asks for".formatted(PROPERTY));
        }
        if (!asked.equals("vector")) {
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
    private static Kernel vectors() {
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
