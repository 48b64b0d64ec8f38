package io.riffle.jobs.offline;

import io.riffle.jobs.files.OutputFile;
import io.riffle.schemas.Chunk;
import io.riffle.sim.Tree;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of recorded state, one for each path, because each has channels of its own: FILE for a single path, else
 * FILE with the path before its ending, {@code record.1_LIF.vmem.arrow}.
 */
final class RecordFiles implements AutoCloseable {
    private final Map<String, OutputFile> files = new LinkedHashMap<>();

    RecordFiles(Path file, Set<String> paths, double dt, boolean runs) {
        for (String path : paths) {
            files.put(path, new OutputFile(paths.size() == 1 ? file : named(file, path), dt, Optional.of(path), runs));
        }
    }

    private static Path named(Path file, String path) {
        String name = file.getFileName().toString();
        int ending = name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.');
        return file.resolveSibling(name.substring(0, ending) + "." + path + name.substring(ending));
    }

    void append(Chunk of, Tree record) {
        files.forEach((path, file) -> file.append(of, record.tensor(path)));
    }

    void finish() {
        files.values().forEach(OutputFile::finish);
    }

    @Override
    public void close() {
        files.values().forEach(OutputFile::close);
    }
}
