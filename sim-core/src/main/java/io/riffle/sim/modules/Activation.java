package io.riffle.sim.modules;

import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.util.List;
import java.util.Locale;

/** The transfer function of a rate neuron: activity as a function of x and a threshold. */
enum Activation {
    /** max(x - threshold, 0) */
    RELU("relu", "r") {
        @Override
        float of(float x, float threshold) {
            return Math.max(x - threshold, 0f);
        }
    },
    /** tanh(x - threshold) */
    TANH("tanh", "t") {
        @Override
        float of(float x, float threshold) {
            return (float) StrictMath.tanh(x - threshold);
        }
    },
    /** (tanh(x - threshold) + 1) / 2, which is the logistic function of 2 (x - threshold) */
    SIGMOID("sigmoid", "sig", "s") {
        @Override
        float of(float x, float threshold) {
            return ((float) StrictMath.tanh(x - threshold) + 1) / 2;
        }
    };

    private final List<String> names;

    Activation(String... names) {
        this.names = List.of(names);
    }

    abstract float of(float x, float threshold);

    /** Its full name. */
    String text() {
        return names.get(0);
    }

    /** By its name or a short form, in small or capital letters. */
    static Activation named(String name) {
        for (Activation activation : values()) {
            if (activation.names.contains(name.toLowerCase(Locale.ROOT))) {
                return activation;
            }
        }
        List<String> known = List.of(RELU.text(), TANH.text(), SIGMOID.text());
        throw new RiffleException("Rate: activation_func is '%s'%s".formatted(name, Names.hint(name, known)));
    }
}
