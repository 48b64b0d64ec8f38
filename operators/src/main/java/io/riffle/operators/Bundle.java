package io.riffle.operators;

import io.riffle.operators.elements.Admitted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Chunks that wait to be evolved together, in the order in which they came, no two of a stream. */
final class Bundle {
    /** Most values that a bundle takes or gives, so that it stays small: 256 Ki, which are 1 MiB. */
    private static final int MOST_VALUES = 1 << 18;

    private final int mostChunks;
    private final int channels;
    private final List<Turn> pool = new ArrayList<>();
    private final Set<String> streams = new HashSet<>();
    private int size;
    private long values;
    private long added;

    /** @param channels how many values a step takes or gives, whichever are more */
    Bundle(int mostChunks, int channels) {
        this.mostChunks = mostChunks;
        this.channels = channels;
        pool.add(new Turn());
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isFull() {
        return size >= mostChunks || values >= MOST_VALUES;
    }

    boolean holds(String stream) {
        return size > 0 && streams.contains(stream);
    }

    /** How many chunks were ever added. */
    long added() {
        return added;
    }

    void add(StreamRecord<Admitted> record) {
        if (size == pool.size()) {
            pool.add(new Turn());
        }
        Turn turn = pool.get(size);
        turn.begin(record);
        if (mostChunks > 1) {
            turn.keep();
            streams.add(turn.admitted.stream());
        }
        values += (long) turn.chunk().steps() * channels;
        size++;
        added++;
    }

    List<Turn> turns() {
        return size == pool.size() ? pool : pool.subList(0, size);
    }

    void clear() {
        for (Turn turn : turns()) {
            turn.end();
        }
        if (mostChunks > 1) {
            streams.clear();
        }
        size = 0;
        values = 0;
    }
}
