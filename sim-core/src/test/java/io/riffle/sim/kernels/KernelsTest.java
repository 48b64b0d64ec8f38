package io.riffle.sim.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class KernelsTest {
    private static final Kernel VECTORS = new PlainKernel("stands for vectors");

    @Test
    void vectorsAreTakenWhereTheyAre() {
        assertThat(Kernels.choose("vector", true, () -> VECTORS)).isSameAs(VECTORS);
    }

    @Test
    void plainLoopsSayHowToGetVectors() {
        assertThat(Kernels.choose("vector", false, () -> VECTORS).description())
                .isEqualTo("plain loops (for vectors start java with --add-modules=jdk.incubator.vector)");
    }

    @Test
    void plainLoopsCanBeAskedFor() {
        assertThat(Kernels.choose("plain", true, () -> VECTORS).description())
                .isEqualTo("plain loops (as riffle.kernel asks for)");
    }

    @Test
    void anUnknownNameIsSaid() {
        assertThat(Kernels.choose("gpu", true, () -> VECTORS).description())
                .isEqualTo("plain loops (riffle.kernel is 'gpu', expected vector or plain)");
    }

    @Test
    @Timeout(60)
    void plainLoopsComputeUntilTheOtherIsFaster() throws Exception {
        Kernel faster = new TestingKernel();
        CompletableFuture<Kernel> winner = new CompletableFuture<>();
        new WarmUp(new PlainKernel("for now"), faster, winner::complete).start();
        assertThat(winner.get()).isSameAs(faster);
    }

    @Test
    void vectorsThatFailAreSaid() {
        Kernel chosen = Kernels.choose("vector", true, () -> {
            throw new UnsupportedOperationException("vectors have 2 lanes, expected 4 to 16");
        });
        assertThat(chosen.description())
                .isEqualTo("plain loops (vectors cannot be used: vectors have 2 lanes, expected 4 to 16)");
    }
}
