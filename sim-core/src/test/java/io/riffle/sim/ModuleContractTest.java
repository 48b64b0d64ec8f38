package io.riffle.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.riffle.sim.testing.ModuleContract;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModuleContractTest {

    static Stream<Module> modules() {
        RandomNetworks random = new RandomNetworks(1);
        Stream<Module> first = Stream.of(
                random.linear(4, 3),
                random.lif(4, 1, false),
                random.lif(4, 1, true),
                random.lif(3, 2, false),
                random.lif(3, 3, true),
                random.rate(4, false),
                random.rate(4, true),
                random.expSyn(4),
                random.updown(3),
                random.instant(4));
        return Stream.of(first, random.models(1).stream(), random.models(4).stream())
                .flatMap(modules -> modules);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleKeepsTheContract(Module module) {
        ModuleContract.check(module, 2);
    }

    static LongStream seeds() {
        return LongStream.range(0, 120);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomNestedNetworksKeepTheContract(long seed) {
        ModuleContract.check(new RandomNetworks(seed).network(3), seed);
    }

    @Test
    void theRandomNetworksHoldEveryModuleThereIs() {
        Set<String> classes = new HashSet<>();
        seeds().forEach(seed -> collect(new RandomNetworks(seed).network(3), classes));
        assertThat(classes)
                .containsExactlyInAnyOrder(
                        "Sequential",
                        "Residual",
                        "FFwdStack",
                        "Linear",
                        "LIF",
                        "Rate",
                        "ExpSyn",
                        "UpDown",
                        "Instant",
                        "FfwdNet",
                        "BooleanState",
                        "ButterFilter",
                        "ButterMelFilter",
                        "ExpSmooth",
                        "LIFBitshift",
                        "LIFNeuron",
                        "LIFODE",
                        "LogSoftmax",
                        "LowPass",
                        "Softmax",
                        "SynNet",
                        "TimeStepDropout",
                        "UnitDropout",
                        "WaveSenseBlock",
                        "WaveSenseNet",
                        "aLIF");
    }

    private static void collect(Module module, Set<String> classes) {
        classes.add(module.className());
        module.modules().values().forEach(child -> collect(child, classes));
    }
}
