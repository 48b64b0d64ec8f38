package io.riffle.integration;

import io.riffle.sim.Arguments;
import io.riffle.sim.testing.ModuleContract;
import org.junit.jupiter.api.Test;

/** Somebody's own module, held to the contract by the artifact that is published for this. */
class StumbleTest {
    @Test
    void keepsThePromisesOfAModule() {
        ModuleContract.check(new Stumble(Arguments.shape(3)), 1);
    }
}
