package io.riffle.operators;

import io.riffle.sim.Module;
import java.io.Serializable;
import java.util.List;

/**
 * One operator of the chain: a module, written down so that it can travel to where it runs.
 *
 * @param name what the operator is called
 * @param path where the module stands in the network, empty for the whole network
 * @param network the module as a network file
 * @param recordPaths the full paths of what is to be recorded in it
 * @param outputPath the path under which its output is recorded, empty if it is not asked for
 */
record ModuleStage(String name, String path, String network, List<String> recordPaths, String outputPath)
        implements Serializable {
    boolean records() {
        return !recordPaths.isEmpty() || !outputPath.isEmpty();
    }

    /** What it keeps of each stream. */
    ModuleStates states(Module module) {
        return new ModuleStates(name, prefix(), module.stateLayout(path));
    }

    /** The prefix of everything inside the module. */
    String prefix() {
        return path.isEmpty() ? "" : path + ".";
    }
}
