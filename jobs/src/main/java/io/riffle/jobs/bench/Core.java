package io.riffle.jobs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Keeps what is compared on one core, where the system has the means (Linux with {@code taskset}). */
final class Core {
    private static final Path THREAD = Path.of("/proc/thread-self");

    private Core() {}

    /**
     * Keeps the calling thread on the last core from now on.
     *
     * @return the core's number; nothing if that is not possible, and then the thread goes where it likes
     */
    static Optional<Integer> pinThread() {
        int core = Runtime.getRuntime().availableProcessors() - 1;
        try {
            String thread = Files.readSymbolicLink(THREAD).getFileName().toString();
            Process taskset = new ProcessBuilder(List.of("taskset", "-cp", Integer.toString(core), thread))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean done = taskset.waitFor(10, TimeUnit.SECONDS) && taskset.exitValue() == 0;
            return done ? Optional.of(core) : Optional.empty();
        } catch (IOException | UnsupportedOperationException notThere) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
