package io.riffle.sim.nir;

import io.riffle.sim.nir.nodes.Semantics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a reading takes for granted, in sentences: only what concerns the nodes of the graph. */
final class Assumptions {
    private Assumptions() {}

    static List<String> of(Semantics semantics, Optional<Double> dt, NirGraph graph) {
        Set<String> types = new TreeSet<>();
        collect(graph, types);
        List<String> lines = new ArrayList<>();
        lines.add("semantics: " + semantics);
        dt.ifPresent(seconds -> lines.add("dt: %s s".formatted(seconds)));
        lines.add("states: zero at the beginning, whatever v_reset is"
                + (semantics == Semantics.NORSE ? ", but where it is said otherwise" : ", and v_leak"));
        for (String type : types) {
            String line = line(semantics, type);
            if (line != null) {
                lines.add("%s: %s".formatted(type, line));
            }
        }
        return lines;
    }

    private static void collect(NirGraph graph, Set<String> types) {
        graph.nodes().values().forEach(node -> {
            types.add(node.type());
            node.inner().ifPresent(inner -> collect(inner, types));
        });
    }

    private static String line(Semantics semantics, String type) {
        return switch (semantics) {
            case NIR -> nir(type);
            case NORSE -> norse(type);
            case SNNTORCH -> snnTorch(type);
            case SINABS -> sinabs(type);
            case ROCKPOOL -> rockpool(type);
        };
    }

    private static String nir(String type) {
        return switch (type) {
            case "LI" -> "v += dt/tau (v_leak - v + r x)";
            case "LIF" ->
                "v += dt/tau (v_leak - v + r x); a spike if v > v_threshold, then v = v_reset in the same step";
            case "CubaLI" -> "i += dt/tau_syn (w_in x - i), then v += dt/tau_mem (v_leak - v + r i) with the new i";
            case "CubaLIF" ->
                "i += dt/tau_syn (w_in x - i), then v += dt/tau_mem (v_leak - v + r i) with the new i; a spike if v > "
                        + "v_threshold, then v = v_reset in the same step";
            case "I" -> "v += dt r x";
            case "IF" -> "v += dt r x; a spike if v > v_threshold, then v = v_reset in the same step";
            case "Threshold" -> "1 if x > threshold, else 0";
            case "Conv1d", "Conv2d" ->
                "cross-correlation, zeros around; of a padding 'same' that is odd the smaller half comes first";
            case "SumPool2d" -> "zeros around, only windows that fit";
            case "AvgPool2d" -> "zeros around, which the mean counts, only windows that fit";
            case "Delay" -> "floor(delay/dt + 1/2) steps, zeros before";
            default -> null;
        };
    }

    private static String norse(String type) {
        return switch (type) {
            case "LI" -> "v += dt/tau (v_leak - v + x), r is ignored, v begins at v_leak";
            case "LIF" ->
                "v += dt/tau (v_leak - v + x), r is ignored, v begins at v_leak; a spike if v > v_threshold, then v = 0, "
                        + "v_reset is ignored";
            case "CubaLIF" ->
                "i += dt/tau_syn (v_leak - i + w_in x), then v += dt/tau_mem (v_leak - v + r i) with the new i, both begin at "
                        + "v_leak; a spike if v > v_threshold, then v = 0, v_reset is ignored";
            case "IF" -> "v += x, r is ignored; a spike if v > v_threshold, then v = 0, v_reset is ignored";
            default -> nir(type);
        };
    }

    private static String snnTorch(String type) {
        return switch (type) {
            case "LIF" ->
                "v = (1 - dt/tau) v + x; a spike if v > v_threshold / (r dt/tau), then v = 0 in the same step, v_reset is "
                        + "ignored";
            case "CubaLIF" ->
                "i = (1 - dt/tau_syn) i + x, then v = (1 - dt/tau_mem) v + i with the new i; a spike if v > v_threshold / "
                        + "(w_in dt/tau_syn), then v = 0 in the same step, v_reset is ignored";
            case "IF" ->
                "v = 0.9 v + x, r is ignored; a spike if v > v_threshold, which is then taken from v; where v has stayed above "
                        + "v_threshold, the next spike is at twice as much";
            default -> nir(type);
        };
    }

    private static String sinabs(String type) {
        return switch (type) {
            case "LI" -> "v = exp(-1/tau) v + x, tau in steps";
            case "LIF" ->
                "v = exp(-1/tau) v + x, tau in steps, r is ignored; as many spikes as v_threshold goes into v, which are "
                        + "then taken from v, v_reset is ignored";
            case "IF" ->
                "v += x, r is ignored; as many spikes as v_threshold goes into v, which are then taken from v, and v >= "
                        + "-v_threshold; v_reset is ignored";
            default -> nir(type);
        };
    }

    private static String rockpool(String type) {
        return switch (type) {
            case "LIF" ->
                "Rockpool's LIFNeuron: v = exp(-dt/tau) v + x + v_leak; floor(v/v_threshold) spikes, which are then taken "
                        + "from v; v_reset is ignored, r says dt only";
            case "CubaLIF" ->
                "Rockpool's LIF: i = (i + x) exp(-dt/tau_syn), then v = exp(-dt/tau_mem) v + i + v_leak; floor(v/v_threshold) "
                        + "spikes, which are then taken from v; v_reset and w_in are ignored, r says dt only";
            case "LI" -> "Rockpool's ExpSyn: v = (v + x) exp(-dt/tau); r and v_leak are ignored";
            default -> null;
        };
    }
}
