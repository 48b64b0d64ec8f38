package io.riffle.sim.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riffle.sim.Arguments;
import io.riffle.sim.Module;
import io.riffle.sim.Tensor;
import io.riffle.sim.network.NetworkFile;
import io.riffle.sim.testing.ModuleContract;
import org.junit.jupiter.api.Test;

class InstantTest {
    /** Somebody's own function. */
    public static final class Cube implements ValueFunction {
        @Override
        public float of(float value) {
            return value * value * value;
        }
    }

    /** Nobody can construct it. */
    public abstract static class Half implements ValueFunction {}

    @Test
    void appliesAnOwnFunctionNamedByItsClassAlsoOutOfAFile() {
        Module cube = with(Cube.class.getName());
        Module read = NetworkFile.parse(NetworkFile.write(cube), "a text");
        assertThat(read.evolve(Tensor.of(2f, -3f)).output().toArray()).containsExactly(8, 8, -27, -27);
        ModuleContract.check(cube, 1);
    }

    @Test
    void refusesAClassThatIsNoFunction() {
        assertThatThrownBy(() -> with("java.lang.String"))
                .hasMessage(
                        "class java.lang.String is no function, expected a subclass of io.riffle.sim.modules.ValueFunction");
        assertThatThrownBy(() -> with(Half.class.getName()))
                .hasMessage("function class %s is abstract, expected one that can be constructed"
                        .formatted(Half.class.getName()));
        assertThatThrownBy(() -> with("acme.Nothing")).hasMessageStartingWith("Instant: function is 'acme.Nothing'");
    }

    private static Module with(String function) {
        return new Instant(Arguments.shape(2).with("function", function));
    }
}
