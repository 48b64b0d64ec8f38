package io.riffle.jobs.offline;

import io.riffle.jobs.files.ChunkInput;
import io.riffle.jobs.files.SampleInput;
import io.riffle.operators.raster.RasterOutlet;
import io.riffle.operators.raster.RasterState;
import io.riffle.operators.raster.Rasteriser;
import io.riffle.schemas.Chunk;
import io.riffle.schemas.RejectReason;
import io.riffle.schemas.Samples;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The steps that are made of a file's samples, as the streaming job makes them. The end of the file is the end of its
 * streams, so the steps up to their last samples are made, too.
 */
final class RasterisedInput implements ChunkInput {
    private final SampleInput samples;
    private final Rasteriser rasteriser;
    private final Remarks remarks;
    private final Map<String, RasterState> streams = new LinkedHashMap<>();
    private final Deque<Chunk> made = new ArrayDeque<>();
    private long record = -1;
    private boolean finished;

    RasterisedInput(SampleInput samples, Rasteriser rasteriser, Remarks remarks) {
        this.samples = samples;
        this.rasteriser = rasteriser;
        this.remarks = remarks;
    }

    @Override
    public boolean hasNext() {
        while (made.isEmpty() && !finished) {
            if (samples.hasNext()) {
                arrive(samples.next());
            } else {
                streams.forEach((stream, state) -> rasteriser.finish(stream, state, new Made(stream)));
                finished = true;
            }
        }
        return !made.isEmpty();
    }

    private void arrive(Samples next) {
        record++;
        RasterState state = streams.computeIfAbsent(next.stream(), stream -> RasterState.unknown(samples.channels()));
        rasteriser.arrive(next, 0, state, new Made(next.stream()));
    }

    @Override
    public Chunk next() {
        hasNext();
        return made.remove();
    }

    @Override
    public int channels() {
        return samples.channels();
    }

    @Override
    public List<String> names() {
        return samples.names();
    }

    @Override
    public boolean hasRuns() {
        return samples.hasRuns();
    }

    @Override
    public Optional<String> recordPath() {
        return Optional.empty();
    }

    @Override
    public OptionalDouble dt() {
        return OptionalDouble.empty();
    }

    @Override
    public double share() {
        return samples.share();
    }

    @Override
    public void close() {
        samples.close();
    }

    private final class Made implements RasterOutlet {
        private final String stream;

        private Made(String stream) {
            this.stream = stream;
        }

        @Override
        public void emit(Chunk chunk) {
            made.add(chunk);
        }

        @Override
        public void refuse(RejectReason reason, String message) {
            remarks.rejected(record, stream, reason, message);
        }
    }
}
