package io.riffle.jobs.offline;

import io.riffle.schemas.Chunk;
import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.Recorder;
import io.riffle.sim.RiffleException;
import io.riffle.sim.Tensor;
import io.riffle.sim.network.StateFile;
import io.riffle.sim.network.StateFile.StreamState;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The streams of a file and what the network remembers of each: the offline side of Flink's keyed state. */
final class OfflineStreams {
    private final Module network;
    private final long seed;
    private final Map<String, StreamState> states = new LinkedHashMap<>();

    OfflineStreams(Module network, long seed) {
        this.network = network;
        this.seed = seed;
    }

    void read(Path file) {
        states.putAll(StateFile.read(file, network.stateLayout("")));
    }

    void write(Path file) {
        StateFile.write(file, network.stateLayout(""), states);
    }

    /** The step that comes next in a stream; of one that is not known yet, 0. */
    long nextStep(String stream) {
        StreamState state = states.get(stream);
        return state == null ? 0 : state.nextStep();
    }

    boolean isKnown(String stream) {
        return states.containsKey(stream);
    }

    int count() {
        return states.size();
    }

    /**
     * Evolves a stream by a chunk. A stream starts with whatever step comes first; then no step may be missing.
     *
     * @param fresh whether the stream starts anew
     * @param file for messages
     */
    Tensor advance(Chunk chunk, boolean fresh, Recorder recorder, Path file) {
        StreamState before = fresh ? null : states.get(chunk.stream());
        if (before != null && before.nextStep() != chunk.firstStep()) {
            throw new RiffleException(
                    "%s: stream '%s' goes on with step %d, expected step %d; --gap zeros, hold or reset goes on"
                            .formatted(file, chunk.stream(), chunk.firstStep(), before.nextStep()));
        }
        Tensor input = Tensor.wrap(chunk.values(), 1, chunk.steps(), chunk.channels());
        if (network.notStreamable().isPresent()) {
            // the chunk is the whole recording, and nothing comes after it
            states.put(chunk.stream(), new StreamState(chunk.endStep(), new float[0]));
            network.resetState();
            return network.evolve(input, recorder).output();
        }
        float[] values = before == null ? network.newState(1).valuesWithoutCopy() : before.values();
        ModuleState state = ModuleState.of(network, "", values, seed, chunk.stream(), chunk.firstStep());
        Tensor output = network.advance(input, state, recorder);
        states.put(chunk.stream(), new StreamState(chunk.endStep(), values));
        return output;
    }
}
