package io.riffle.jobs.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder of this process alone, which is named in it; gone after close. */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;

    public TemporaryFolder(String owner) {
        try {
            path = Files.createTempDirectory(
                    owner + "-" + ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary folder for " + owner, e);
        }
    }

    public Path path() {
        return path;
    }

    /** Servers that are ending may still write or delete files in here, so one round is not always enough. */
    @Override
    public void close() {
        for (int round = 0; round < 5 && Files.exists(path); round++) {
            try (Stream<Path> tree = Files.walk(path)) {
                List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
                for (Path file : deepestFirst) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                Pause.millis(50);
            }
        }
    }
}
