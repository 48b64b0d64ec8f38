package io.riffle.jobs.state;

import io.riffle.jobs.embedded.TemporaryFolder;
import io.riffle.jobs.lifecycle.OnExit;
import io.riffle.jobs.streaming.StateBackend;
import io.riffle.operators.ModuleStates;
import io.riffle.operators.StreamState;
import io.riffle.sim.RiffleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.util.IOUtils;

/** The streams of a savepoint. */
final class StoredStreams implements AutoCloseable {
    private final Savepoint savepoint;
    private final TemporaryFolder folder = new TemporaryFolder("riffle-state");
    private final OnExit onExit = new OnExit(this::release);
    private final List<KeyedStore> stores = new ArrayList<>();

    private StoredStreams(Savepoint savepoint) {
        this.savepoint = savepoint;
    }

    /** Restores what the modules keep, into memory or, if it was stored by RocksDB, into temporary files. */
    static StoredStreams open(Savepoint savepoint) {
        StoredStreams streams = new StoredStreams(savepoint);
        try {
            for (StoredModule module : savepoint.modules()) {
                streams.stores.add(KeyedStore.restore(
                        module.operator(), savepoint.backend().orElse(StateBackend.HASHMAP), streams.folder.path()));
            }
        } catch (Exception failed) {
            streams.close();
            throw unreadable(savepoint, failed);
        }
        return streams;
    }

    private static RiffleException unreadable(Savepoint savepoint, Exception failed) {
        Throwable cause = failed;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new RiffleException("the states in %s cannot be read: %s".formatted(savepoint.path(), cause), failed);
    }

    /** The names of all streams, sorted. */
    List<String> names() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < stores.size(); i++) {
            try (Stream<String> ofModule = stores.get(i).streams(description(i))) {
                ofModule.forEach(names::add);
            } catch (Exception failed) {
                throw unreadable(savepoint, failed);
            }
        }
        String[] sorted = names.toArray(String[]::new);
        Arrays.sort(sorted);
        return Arrays.asList(sorted);
    }

    /** What is stored of a stream, if anything. */
    Optional<StoredStream> find(String stream) {
        long nextStep = -1;
        Optional<String> quarantine = Optional.empty();
        List<float[]> values = new ArrayList<>();
        try {
            for (int i = 0; i < stores.size(); i++) {
                ValueState<StreamState> states = stores.get(i).state(description(i));
                stores.get(i).select(stream);
                StreamState state = states.value();
                values.add(state == null ? null : state.values());
                if (state != null) {
                    nextStep = Math.max(nextStep, state.nextStep());
                    if (state.isQuarantined()) {
                        quarantine = Optional.of(savepoint.modules().get(i).name());
                    }
                }
            }
        } catch (Exception failed) {
            throw unreadable(savepoint, failed);
        }
        return nextStep < 0 ? Optional.empty() : Optional.of(new StoredStream(stream, nextStep, quarantine, values));
    }

    private ValueStateDescriptor<StreamState> description(int module) {
        return ModuleStates.descriptor(savepoint.modules().get(module).layout());
    }

    @Override
    public void close() {
        onExit.close();
    }

    private void release() {
        IOUtils.closeAllQuietly(stores);
        folder.close();
    }
}
