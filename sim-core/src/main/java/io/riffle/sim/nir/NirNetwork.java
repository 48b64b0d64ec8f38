package io.riffle.sim.nir;

import io.riffle.sim.Module;
import java.nio.file.Path;
import java.util.List;

/**
 * A network out of a NIR file.
 *
 * @param report what was assumed on the way, in lines
 */
public record NirNetwork(Module module, List<String> report) {
    public NirNetwork {
        report = List.copyOf(report);
    }

    /** Whether a file is for {@link #read}, whatever its name says. */
    public static boolean isNir(Path file) {
        return NirFile.isHdf5(file);
    }

    /** @throws io.riffle.sim.RiffleException that names the file and the node, if it cannot be read */
    public static NirNetwork read(Path file, NirSettings settings) {
        return NirImport.read(file, settings);
    }
}
