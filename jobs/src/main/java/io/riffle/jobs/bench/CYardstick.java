package io.riffle.jobs.bench;

import io.riffle.jobs.embedded.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The network by hand in C, compiled for this processor: what a core can do. */
final class CYardstick implements AutoCloseable {
    private static final String SOURCE = "yardstick.c";
    /** The program's own constant. */
    static final int INPUT_STEPS = 1000;

    private static final int PATIENCE_SECONDS = 60;

    private final TemporaryFolder folder;
    private final String whyNot;

    private CYardstick(TemporaryFolder folder, String whyNot) {
        this.folder = folder;
        this.whyNot = whyNot;
    }

    /**
     * What one run has found.
     *
     * @param stepsPerSecond of CPU time
     * @param hiddenShare of the hidden neurons that fire in a step
     * @param vectorBits of the instructions that it was compiled to
     */
    record Run(double stepsPerSecond, double hiddenShare, int vectorBits) {}

    /** Two ways to write it. */
    enum Variant {
        /** As one would at first: neurons that fired are listed in a loop, whose branches the processor guesses wrong. */
        SIMPLE,
        /** With nothing to guess: the lanes of neurons that fired are compacted and written as a whole. */
        BRANCH_FREE;

        private String program() {
            return name().toLowerCase(Locale.ROOT);
        }

        private List<String> compiling() {
            List<String> command = new ArrayList<>(List.of("cc", "-O3", "-march=native", SOURCE, "-o", program()));
            if (this == SIMPLE) {
                command.add("-DSIMPLE");
            }
            return command;
        }
    }

    /** Compiles it; where that is not possible, {@link #whyNot} says why. */
    static CYardstick compile(BenchNetwork network) {
        TemporaryFolder folder = new TemporaryFolder("riffle-bench");
        try (InputStream source = CYardstick.class.getResourceAsStream(SOURCE)) {
            Files.copy(source, folder.path().resolve(SOURCE));
            Files.write(weights(folder), bytes(network));
            String errors = "";
            for (Variant variant : Variant.values()) {
                errors += run(variant.compiling(), folder, PATIENCE_SECONDS);
            }
            return new CYardstick(folder, errors.isEmpty() ? "" : "cc said: " + firstError(errors));
        } catch (IOException noCompiler) {
            return new CYardstick(folder, "there is no C compiler named cc");
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Why there is no program to run, in half a sentence. */
    Optional<String> whyNot() {
        return whyNot.isEmpty() ? Optional.empty() : Optional.of(whyNot);
    }

    /** @param core where it runs, if it is to be kept on one */
    Run run(Variant variant, int chunkSteps, double seconds, Optional<Integer> core) {
        List<String> command = new ArrayList<>();
        core.ifPresent(number -> command.addAll(List.of("taskset", "-c", Integer.toString(number))));
        command.addAll(List.of(
                folder.path().resolve(variant.program()).toString(),
                weights(folder).toString(),
                Integer.toString(chunkSteps),
                String.format(Locale.ROOT, "%.3f", seconds)));
        try {
            String[] words = run(command, folder, PATIENCE_SECONDS + (int) (10 * seconds))
                    .strip()
                    .split(" ");
            return new Run(Double.parseDouble(words[0]), Double.parseDouble(words[1]), Integer.parseInt(words[2]));
        } catch (IOException e) {
            throw new UncheckedIOException("the yardstick in C did not start", e);
        }
    }

    @Override
    public void close() {
        folder.close();
    }

    private static Path weights(TemporaryFolder folder) {
        return folder.path().resolve("network.bin");
    }

    /** In the order of the program's struct. */
    private static byte[] bytes(BenchNetwork network) {
        List<float[]> parts = List.of(
                new float[] {BenchNetwork.decay()},
                network.inputWeights(),
                network.recurrentWeights(),
                network.outputWeights(),
                BenchNetwork.input(INPUT_STEPS, 0));
        int floats = parts.stream().mapToInt(part -> part.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(floats * Float.BYTES).order(ByteOrder.nativeOrder());
        for (float[] part : parts) {
            bytes.asFloatBuffer().put(part);
            bytes.position(bytes.position() + part.length * Float.BYTES);
        }
        return bytes.array();
    }

    /** What a program printed, its errors included. */
    private static String run(List<String> command, TemporaryFolder folder, int patienceSeconds) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.path().toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(patienceSeconds, TimeUnit.SECONDS)) {
                throw new IOException("%s did not end".formatted(command.get(0)));
            }
            return printed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while %s ran".formatted(command.get(0)), e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String firstError(String printed) {
        return printed.lines()
                .filter(line -> line.contains("error"))
                .findFirst()
                .orElse(printed.lines().findFirst().orElse(""))
                .replaceFirst("^.*error:? *", "");
    }
}
