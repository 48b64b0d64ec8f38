package io.riffle.jobs;

import io.riffle.sim.Module;
import java.util.List;

/**
 * A network out of its file.
 *
 * @param report what was assumed on the way, in lines; nothing where the file says all
 */
public record LoadedNetwork(Module module, List<String> report) {}
