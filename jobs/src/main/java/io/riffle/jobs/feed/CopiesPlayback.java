package io.riffle.jobs.feed;

import io.riffle.jobs.files.ChunkInput;
import io.riffle.schemas.Chunk;
import io.riffle.sim.RiffleException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** A recording as many streams at the same time, each of which begins elsewhere in it; it lies in memory as a whole. */
final class CopiesPlayback implements Playback {
    /** 1 GiB. */
    private static final long MOST_VALUES = 1 << 28;

    private final List<Copy> copies = new ArrayList<>();
    private final double dt;
    private final int chunkSteps;
    private final boolean loop;
    private final long longest;
    private long step;
    private int turn;
    private Piece next;

    /** One stream: the recording from a step on. */
    private record Copy(String stream, Recorded recorded, int offset) {}

    /** The steps of a stream of the file. */
    private record Recorded(int steps, int channels, float[] values) {}

    /**
     * @param input is read, and left open
     * @param file for messages
     * @param dt length of a step in seconds
     * @param count of copies of each stream of the file
     * @param offset in steps, from where one copy begins to where the next one does
     */
    CopiesPlayback(ChunkInput input, Path file, double dt, int chunkSteps, boolean loop, int count, long offset) {
        this.dt = dt;
        this.chunkSteps = chunkSteps;
        this.loop = loop;
        Map<String, Recorded> recorded = read(input, file);
        recorded.forEach((stream, steps) -> {
            for (int copy = 0; copy < count; copy++) {
                copies.add(new Copy(stream + "-" + copy, steps, (int) (copy * offset % steps.steps())));
            }
        });
        longest = copies.stream()
                .mapToLong(copy -> copy.recorded().steps() - copy.offset())
                .max()
                .orElse(0);
    }

    private static Map<String, Recorded> read(ChunkInput input, Path file) {
        Map<String, List<Chunk>> chunks = new LinkedHashMap<>();
        long values = 0;
        while (input.hasNext()) {
            Chunk chunk = input.next();
            List<Chunk> before = chunks.computeIfAbsent(chunk.stream(), stream -> new ArrayList<>());
            values += chunk.values().length;
            if (values > MOST_VALUES) {
                throw new RiffleException("%s holds more than %d values, expected fewer to make several streams of it"
                        .formatted(file, MOST_VALUES));
            }
            if (!before.isEmpty()) {
                requireNext(before.get(before.size() - 1), chunk, file);
            }
            before.add(chunk);
        }
        Map<String, Recorded> recorded = new LinkedHashMap<>();
        chunks.forEach((stream, parts) -> recorded.put(stream, joined(parts)));
        recorded.values().removeIf(steps -> steps.steps() == 0);
        return recorded;
    }

    private static void requireNext(Chunk last, Chunk next, Path file) {
        if (next.firstStep() != last.endStep() || next.run() != last.run()) {
            throw new RiffleException("%s: got %s after %s, expected steps without gaps to make several streams of them"
                    .formatted(file, next, last));
        }
    }

    private static Recorded joined(List<Chunk> parts) {
        int channels = parts.get(0).channels();
        int steps = parts.stream().mapToInt(Chunk::steps).sum();
        float[] values = new float[steps * channels];
        int at = 0;
        for (Chunk part : parts) {
            System.arraycopy(part.values(), 0, values, at, part.values().length);
            at += part.values().length;
        }
        return new Recorded(steps, channels, values);
    }

    @Override
    public boolean hasNext() {
        while (next == null && !copies.isEmpty() && (loop || step < longest)) {
            next = piece(copies.get(turn));
            turn = (turn + 1) % copies.size();
            step += turn == 0 ? chunkSteps : 0;
        }
        return next != null;
    }

    @Override
    public Piece next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more steps");
        }
        Piece piece = next;
        next = null;
        return piece;
    }

    /** Null if the copy has come to its end. */
    private Piece piece(Copy copy) {
        Recorded recorded = copy.recorded();
        int steps = (int) (loop ? chunkSteps : Math.min(chunkSteps, recorded.steps() - copy.offset() - step));
        if (steps <= 0) {
            return null;
        }
        int channels = recorded.channels();
        float[] values = new float[steps * channels];
        int from = (int) ((copy.offset() + step) % recorded.steps());
        for (int filled = 0; filled < steps; ) {
            int count = Math.min(steps - filled, recorded.steps() - from);
            System.arraycopy(recorded.values(), from * channels, values, filled * channels, count * channels);
            filled += count;
            from = (from + count) % recorded.steps();
        }
        Chunk chunk = new Chunk(copy.stream(), step, steps, channels, values);
        return new Piece(chunk, step * dt, (step + steps) * dt);
    }

    /** The names of all streams, and a first chunk of each. */
    Map<String, Chunk> firsts() {
        Map<String, Chunk> firsts = new LinkedHashMap<>();
        copies.forEach(copy -> firsts.put(
                copy.stream(),
                new Chunk(
                        copy.stream(),
                        0,
                        1,
                        copy.recorded().channels(),
                        Arrays.copyOf(copy.recorded().values(), copy.recorded().channels()))));
        return firsts;
    }

    @Override
    public double share() {
        return longest == 0 ? 1 : Math.min(1, (double) step / longest);
    }

    @Override
    public void close() {
        // it lies in memory
    }
}
