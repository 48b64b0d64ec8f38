package io.riffle.jobs.feed;

import io.riffle.jobs.files.ChunkInput;
import io.riffle.schemas.Chunk;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The steps of a file, which is read while it is replayed. Streams that alternate in it are replayed together, those that
 * follow each other one after the other.
 */
final class StepPlayback implements Playback {
    private final Supplier<ChunkInput> file;
    private final double dt;
    private final int chunkSteps;
    private final boolean loop;
    private final Map<String, Track> tracks = new LinkedHashMap<>();
    private final Deque<Piece> ready = new ArrayDeque<>();
    private ChunkInput input;
    private double now;
    private double end;

    /**
     * @param first opened already
     * @param file opens it again
     * @param dt length of a step in seconds
     */
    StepPlayback(ChunkInput first, Supplier<ChunkInput> file, double dt, int chunkSteps, boolean loop) {
        this.input = first;
        this.file = file;
        this.dt = dt;
        this.chunkSteps = chunkSteps;
        this.loop = loop;
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && input.hasNext()) {
            add(input.next());
            if (!input.hasNext()) {
                tracks.values().forEach(Track::flush);
                beginRound();
            }
        }
        return !ready.isEmpty();
    }

    private void beginRound() {
        if (loop && end > 0) {
            now = end;
            input.close();
            input = file.get();
            tracks.values().forEach(Track::beginRound);
        }
    }

    private void add(Chunk chunk) {
        Track track = tracks.computeIfAbsent(chunk.stream(), stream -> new Track(dt, chunkSteps, this::take));
        track.add(chunk, now);
    }

    private void take(Piece piece) {
        ready.add(piece);
        end = Math.max(end, piece.end());
    }

    @Override
    public Piece next() {
        hasNext();
        Piece piece = ready.remove();
        now = Math.max(now, piece.begin());
        return piece;
    }

    @Override
    public double share() {
        return input.share();
    }

    @Override
    public void close() {
        input.close();
    }
}
