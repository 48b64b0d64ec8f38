package io.riffle.operators;

import io.riffle.sim.Module;
import io.riffle.sim.RiffleException;
import io.riffle.sim.combinators.Sequential;
import io.riffle.sim.network.NetworkFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How a network is laid out as operators: the children of a top-level {@link Sequential} each become one, any other
 * module is one as a whole.
 */
public final class NetworkPlan {
    private final int channels;
    private final double dt;
    private final long seed;
    private final List<ModuleStage> stages;
    private final Batching batching;

    private NetworkPlan(int channels, double dt, long seed, List<ModuleStage> stages, Batching batching) {
        this.channels = channels;
        this.dt = dt;
        this.seed = seed;
        this.stages = stages;
        this.batching = batching;
    }

    /**
     * Plans a network.
     *
     * @param dt seconds; needed where no module names a time-step, and else the same
     * @param records paths of {@link Module#recordable} to be recorded, or of modules for all that they record
     * @param seed of the noise
     */
    public static NetworkPlan of(Module network, OptionalDouble dt, List<String> records, long seed) {
        network.recorder(records); // refuses what the network does not record
        network.notStreamable().ifPresent(reason -> {
            throw new RiffleException(reason);
        });
        List<ModuleStage> stages = new ArrayList<>();
        if (network instanceof Sequential) {
            for (Map.Entry<String, Module> child : network.modules().entrySet()) {
                String path = child.getKey();
                String output = Sequential.outputOf(path);
                stages.add(new ModuleStage(
                        path,
                        path,
                        NetworkFile.write(child.getValue()),
                        records.stream().filter(record -> within(record, path)).toList(),
                        records.contains(output) ? output : ""));
            }
        } else {
            stages.add(new ModuleStage(network.className(), "", NetworkFile.write(network), List.copyOf(records), ""));
        }
        return new NetworkPlan(network.sizeIn(), timeStep(network, dt), seed, List.copyOf(stages), Batching.AUTO);
    }

    /** The same plan, with chunks of different streams evolved together or not; it is {@link Batching#AUTO} else. */
    public NetworkPlan withBatching(Batching chosen) {
        return new NetworkPlan(channels, dt, seed, stages, chosen);
    }

    private static boolean within(String record, String path) {
        return record.equals(path) || record.startsWith(path + ".");
    }

    private static double timeStep(Module network, OptionalDouble given) {
        Set<Double> named = network.timeSteps();
        if (named.size() > 1) {
            throw new RiffleException(
                    "the modules of the network have different time-steps, %s s; expected one".formatted(named));
        }
        if (named.isEmpty() && given.isEmpty()) {
            throw new RiffleException(
                    "no module of the network names a time-step, expected dt in seconds to be given (--dt)");
        }
        double dt = named.isEmpty() ? given.getAsDouble() : named.iterator().next();
        if (given.isPresent() && given.getAsDouble() != dt) {
            throw new RiffleException(
                    "dt is given as %s s, but the network has %s s".formatted(given.getAsDouble(), dt));
        }
        if (!(dt > 0)) {
            throw new RiffleException("dt is %s s, expected above 0".formatted(dt));
        }
        return dt;
    }

    /** How many channels the network takes. */
    public int channels() {
        return channels;
    }

    /** The length of a step in seconds. */
    public double dt() {
        return dt;
    }

    public long seed() {
        return seed;
    }

    /** The names of the operators in their order. */
    public List<String> stageNames() {
        return stages.stream().map(ModuleStage::name).toList();
    }

    /** What the operators keep of each stream, in their order. */
    public List<ModuleStates> states() {
        return stages.stream()
                .map(stage -> stage.states(NetworkFile.parse(stage.network(), "operator " + stage.name())))
                .toList();
    }

    Batching batching() {
        return batching;
    }

    List<ModuleStage> stages() {
        return stages;
    }
}
