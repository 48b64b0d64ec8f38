package io.riffle.integration.cluster;

import io.riffle.jobs.lifecycle.OnExit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, which ends with this one at the latest. */
public final class JavaProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 10;

    private final String name;
    private final Path log;
    private final Process process;
    private final OnExit onExit;

    private JavaProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.onExit = new OnExit(process::destroyForcibly);
    }

    /**
     * Starts a main class.
     *
     * @param log where its standard output and errors go, behind what is there already
     * @param options of the JVM
     * @param classPath without the leash
     */
    static JavaProcess start(
            String name, Path log, List<String> options, String classPath, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(
                "-XX:TieredStopAtLevel=1"); // most of their life is their start, in which the best code is not worth it
        command.addAll(options);
        try {
            Files.createDirectories(log.getParent());
            command.addAll(List.of("-cp", leash(log.getParent()) + System.getProperty("path.separator") + classPath));
            command.addAll(List.of(Leash.class.getName(), mainClass));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new JavaProcess(name, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    /** A folder with that one class, so that nothing else of the tests is seen by the process. */
    private static Path leash(Path folder) throws IOException {
        Path root = folder.resolve("leash");
        Path file = root.resolve(Leash.class.getName().replace('.', '/') + ".class");
        if (!Files.exists(file)) {
            Files.createDirectories(file.getParent());
            try (var bytes = Leash.class.getResourceAsStream("Leash.class")) {
                Files.copy(bytes, file);
            }
        }
        return root;
    }

    public long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    Path log() {
        return log;
    }

    /** kill -9, and gone. */
    public void kill() {
        process.destroyForcibly();
        await();
        onExit.close();
    }

    /** Waits for its end. */
    int await() {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of " + name, e);
        }
    }

    /** Asks it to end, and does not take no for an answer. */
    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill();
    }

    @Override
    public String toString() {
        return "%s (process %d, log %s)".formatted(name, pid(), log);
    }
}
