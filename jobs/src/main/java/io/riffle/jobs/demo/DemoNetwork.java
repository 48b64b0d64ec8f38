package io.riffle.jobs.demo;

import static java.util.Objects.requireNonNull;

import io.riffle.operators.NetworkPlan;
import io.riffle.sim.Module;
import io.riffle.sim.Names;
import io.riffle.sim.RiffleException;
import io.riffle.sim.network.NetworkFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The network that the demo runs.
 *
 * @param module what it is
 * @param dt the length of a step in seconds, if it was given
 * @param spikes path of the recorded spikes that are shown; nothing if it has no spiking neurons
 * @param readOutNames one per output channel
 */
record DemoNetwork(Module module, Optional<Double> dt, Optional<String> spikes, List<String> readOutNames) {
    private static final String SHIPPED = "demo-network.json";
    /** Seconds; of networks whose modules name no time-step. */
    private static final double USUAL_DT = 0.01;

    private static final List<String> SHIPPED_READ_OUT =
            List.of("cpu", "cpu.user", "kernel", "memory", "disk", "network", "processes", "all");

    DemoNetwork {
        requireNonNull(module, "module is null");
        requireNonNull(dt, "dt is null");
        readOutNames = List.copyOf(readOutNames);
    }

    /** The one that ships with Riffle; its read-outs are spikes per second and neuron. */
    static DemoNetwork shipped() {
        try (InputStream in = DemoNetwork.class.getResourceAsStream(SHIPPED)) {
            String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return of(NetworkFile.parse(json, SHIPPED), Optional.empty(), SHIPPED_READ_OUT);
        } catch (IOException e) {
            throw new UncheckedIOException(SHIPPED + " cannot be read", e);
        }
    }

    /**
     * A network of the user's own.
     *
     * @param dt seconds, if it was given
     * @param hostChannels what the host's sensors give, and the network has to take
     */
    static DemoNetwork of(Module module, Optional<Double> dt, int hostChannels) {
        if (module.sizeIn() != hostChannels) {
            throw new RiffleException(
                    "the network takes %s, the sensors of the demo have %d: 'riffle feed host --list --channels sixteen' names them"
                            .formatted(Names.count(module.sizeIn(), "channel"), hostChannels));
        }
        List<String> names = new ArrayList<>();
        for (int output = 0; output < module.sizeOut(); output++) {
            names.add("output " + output);
        }
        return of(module, dt, names);
    }

    NetworkPlan plan() {
        OptionalDouble step = dt.map(OptionalDouble::of)
                .orElse(module.timeSteps().isEmpty() ? OptionalDouble.of(USUAL_DT) : OptionalDouble.empty());
        return NetworkPlan.of(module, step, spikes.map(List::of).orElse(List.of()), 0);
    }

    private static DemoNetwork of(Module module, Optional<Double> dt, List<String> readOutNames) {
        Optional<String> spikes = module.recordable().paths().stream()
                .filter(path -> path.equals("spikes") || path.endsWith(".spikes"))
                .findFirst();
        return new DemoNetwork(module, dt, spikes, readOutNames);
    }
}
