package io.riffle.sim.combinators;

import io.riffle.sim.Module;
import io.riffle.sim.ModuleState;
import io.riffle.sim.OutputRoom;
import io.riffle.sim.Recorder;
import io.riffle.sim.Tensor;
import java.util.List;
import java.util.Map;

/** Modules of which each takes what the one before it gives. */
final class Chain {
    private final List<String> names;
    private final List<Module> modules;
    private final OutputRoom room = new OutputRoom();

    Chain(Map<String, Module> modules) {
        names = List.copyOf(modules.keySet());
        this.modules = List.copyOf(modules.values());
    }

    /** Records what the modules record, and {@code {name}_output} of each. */
    Tensor evolve(Tensor input, ModuleState state, Recorder recorder) {
        int last = modules.size() - 1;
        Tensor signal = input;
        for (int i = 0; i <= last; i++) {
            String name = names.get(i);
            Tensor output = modules.get(i).evolve(signal, stateOf(i, signal, state, recorder), recorder.of(name));
            signal = recorder.recordOutput(name, output);
        }
        return room.leaving(signal);
    }

    /** What is recorded is kept, so it gets arrays of its own. */
    private ModuleState stateOf(int i, Tensor signal, ModuleState state, Recorder recorder) {
        String name = names.get(i);
        if (i == modules.size() - 1) {
            return state.ofLast(name);
        }
        return recorder == Recorder.NONE ? state.of(name, room.before(signal)) : state.of(name);
    }
}
