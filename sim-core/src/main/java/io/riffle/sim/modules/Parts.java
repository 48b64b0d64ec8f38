package io.riffle.sim.modules;

import io.riffle.sim.Arguments;
import io.riffle.sim.Constant;
import io.riffle.sim.Module;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What the composed networks have in common: weights by layer, layers from arguments, parts that are given whole. */
final class Parts {
    private Parts() {}

    /** The argument {@code weights}: the weights of layers by their names; empty if it is not given. */
    static Map<String, Object> weights(String module, Arguments arguments, Set<String> layers) {
        Object given = arguments.has("weights") ? arguments.get("weights") : Map.of();
        Map<String, Object> weights = named(module + ": weights", given, layers);
        for (String layer : weights.keySet()) {
            if (arguments.has(layer)) {
                throw new RiffleException(
                        "%s: '%s' is given whole and in weights, expected one of the two".formatted(module, layer));
            }
        }
        return weights;
    }

    /** A map of names, of which all have to be known. */
    private static Map<String, Object> named(String where, Object value, Set<String> known) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new RiffleException("%s is %s, expected matrices by the names of layers".formatted(where, value));
        }
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((name, matrix) -> {
            if (!known.contains(name)) {
                throw new RiffleException(
                        "%s has no layer '%s'%s".formatted(where, name, Names.hint(String.valueOf(name), known)));
            }
            named.put((String) name, matrix);
        });
        return named;
    }

    /** A part, whose errors say which one it is. */
    static <M extends Module> M made(String module, String part, Supplier<M> constructor) {
        try {
            return constructor.get();
        } catch (RiffleException wrong) {
            throw new RiffleException("%s: '%s': %s".formatted(module, part, wrong.getMessage()), wrong);
        }
    }

    static Linear linear(String module, int sizeIn, int sizeOut, Map<String, Object> weights, String layer) {
        Arguments arguments = Arguments.shape(sizeIn, sizeOut);
        Arguments all = weights.containsKey(layer) ? arguments.with("weight", weights.get(layer)) : arguments;
        return made(module, layer, () -> new Linear(all));
    }

    static LIF neurons(String module, String layer, Arguments arguments) {
        return made(module, layer, () -> new LIF(arguments));
    }

    /** Neurons of which everything is constant; more arguments replace these. */
    static Arguments constants(int sizeIn, int sizeOut, Object tauMem, Object tauSyn, double threshold, double dt) {
        return Arguments.shape(sizeIn, sizeOut)
                .with("tau_mem", Constant.of(tauMem))
                .with("tau_syn", Constant.of(tauSyn))
                .with("bias", Constant.of(0))
                .with("threshold", Constant.of(threshold))
                .with("dt", dt);
    }

    /** The part that is given whole as an argument of this name, if it has the same structure; else the one described. */
    static <M extends Module> M givenOr(String module, Arguments arguments, String name, M described) {
        if (!arguments.has(name)) {
            return described;
        }
        Module given = arguments.module(name);
        if (!given.toString().equals(described.toString())) {
            throw new RiffleException(
                    "%s: argument '%s' is%n%s%nexpected%n%s".formatted(module, name, given, described));
        }
        @SuppressWarnings("unchecked") // the printed form starts with the class
        M same = (M) given;
        return same;
    }

    /**
     * How a composed network is written down: by its settings and weights if they describe it, and with its parts whole if
     * an attribute was set that they cannot say.
     */
    static Arguments toArguments(Module network, Module described, Arguments settings, List<String> parts) {
        Arguments arguments = settings;
        if (!network.parameters().equals(described.parameters())
                || !network.simulationParameters().equals(described.simulationParameters())) {
            for (String part : parts) {
                arguments = arguments.with(part, network.modules().get(part));
            }
            arguments = arguments.without("weights");
        }
        return arguments;
    }
}
