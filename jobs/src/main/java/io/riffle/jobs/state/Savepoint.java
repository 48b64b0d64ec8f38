package io.riffle.jobs.state;

import io.riffle.jobs.streaming.KafkaOperators;
import io.riffle.jobs.streaming.StateBackend;
import io.riffle.operators.ModuleStates;
import io.riffle.operators.StreamStateSnapshot;
import io.riffle.sim.RiffleException;
import io.riffle.sim.StateLayout;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.AbstractIncrementalStateHandle;
import org.apache.flink.runtime.state.CompletedCheckpointStorageLocation;
import org.apache.flink.runtime.state.KeyGroupsSavepointStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot.CommonSerializerKeys;
import org.apache.flink.util.ExceptionUtils;

/**
 * A savepoint or checkpoint of a Riffle job, as far as it speaks of itself: which operators it has the states of, in which
 * form, by which names. The states of the streams are read by {@link StoredStreams}.
 */
public final class Savepoint {
    private final String path;
    private final CheckpointMetadata metadata;
    private final List<StoredModule> modules;

    private Savepoint(String path, CheckpointMetadata metadata, List<StoredModule> modules) {
        this.path = path;
        this.metadata = metadata;
        this.modules = modules;
    }

    /**
     * Reads what it says of itself.
     *
     * @param path its folder, or the metadata file in it, as a path or URI
     * @throws RiffleException if there is none, or none of a Riffle job
     */
    public static Savepoint read(String path) {
        CheckpointMetadata metadata;
        List<StoredModule> modules = new ArrayList<>();
        try {
            metadata = metadata(path);
            for (OperatorState operator : metadata.getOperatorStates()) {
                Optional<String> name = operator.getOperatorUid().flatMap(ModuleStates::operatorOf);
                if (name.isPresent()) {
                    modules.add(new StoredModule(name.get(), layout(operator, name.get()), operator));
                }
            }
        } catch (IOException | RuntimeException failed) {
            throw unreadable(path, failed);
        }
        if (modules.isEmpty()) {
            throw new RiffleException(
                    "%s holds no module's states, expected a savepoint or checkpoint of a Riffle job".formatted(path));
        }
        modules.sort(Comparator.comparingInt((StoredModule module) -> place(module.name()))
                .thenComparing(StoredModule::name));
        return new Savepoint(path, metadata, List.copyOf(modules));
    }

    private static RiffleException unreadable(String path, Exception failed) {
        if (ExceptionUtils.findThrowable(failed, UnsupportedFileSystemSchemeException.class)
                .isPresent()) {
            return new RiffleException(
                    "%s cannot be looked into from here, as there is no file system for %s"
                            .formatted(path, new Path(path).toUri().getScheme()),
                    failed);
        }
        boolean other = failed.getMessage() != null && failed.getMessage().startsWith("Unexpected magic number");
        return new RiffleException(
                "%s is no savepoint or checkpoint that can be read: %s"
                        .formatted(path, other ? "it does not begin like one" : failed.getMessage()),
                failed);
    }

    private static CheckpointMetadata metadata(String path) throws IOException {
        CompletedCheckpointStorageLocation location = AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(path);
        try (FSDataInputStream file = location.getMetadataHandle().openInputStream();
                DataInputStream in = new DataInputStream(file)) {
            return Checkpoints.loadCheckpointMetadata(in, Savepoint.class.getClassLoader(), path);
        }
    }

    /** The place in a Sequential, 1 of {@code 1_LIF}; modules with names of their own come after those. */
    private static int place(String name) {
        return name.matches("\\d{1,6}_.*") ? Integer.parseInt(name.substring(0, name.indexOf('_'))) : Integer.MAX_VALUE;
    }

    /** Names and shapes stand at the head of each file of states. */
    private static StateLayout layout(OperatorState operator, String name) throws IOException {
        Optional<KeyedStateHandle> any = keyedStates(operator).findFirst();
        if (any.isEmpty()) {
            throw new IOException("operator %s has no keyed state".formatted(name));
        }
        KeyedBackendSerializationProxy<?> head = new KeyedBackendSerializationProxy<>(Savepoint.class.getClassLoader());
        try (FSDataInputStream in = head(any.get()).openInputStream()) {
            head.read(new DataInputViewStreamWrapper(in));
        }
        for (StateMetaInfoSnapshot state : head.getStateMetaInfoSnapshots()) {
            TypeSerializerSnapshot<?> form = state.getTypeSerializerSnapshot(CommonSerializerKeys.VALUE_SERIALIZER);
            if (form instanceof StreamStateSnapshot ours) {
                return ours.layout();
            }
        }
        throw new IOException("operator %s has no state of streams".formatted(name));
    }

    private static Stream<KeyedStateHandle> keyedStates(OperatorState operator) {
        return operator.getStates().stream().flatMap(slice -> slice.getManagedKeyedState().stream());
    }

    private static StreamStateHandle head(KeyedStateHandle handle) throws IOException {
        if (handle instanceof KeyGroupsStateHandle file) {
            return file.getDelegateStateHandle();
        }
        if (handle instanceof AbstractIncrementalStateHandle files) {
            return files.getMetaDataStateHandle();
        }
        throw new IOException("keyed state in the form %s is not known"
                .formatted(handle.getClass().getSimpleName()));
    }

    /** As it is given to Flink. */
    public String path() {
        return path;
    }

    /** The modules whose states are stored, in the order of the network as far as their names tell it. */
    public List<StoredModule> modules() {
        return modules;
    }

    /** The states of all modules, one after the other. */
    StateLayout layout() {
        return new StateLayout(modules.stream()
                .flatMap(module -> module.layout().entries().stream())
                .toList());
    }

    /** The topic that the job read. */
    public Optional<String> input() {
        return operator(KafkaOperators.SOURCE_UID)
                .flatMap(OperatorState::getOperatorName)
                .flatMap(KafkaOperators::topic);
    }

    /** The topic that the job wrote its output to. */
    public Optional<String> output() {
        return operator(KafkaOperators.sinkUid(KafkaOperators.OUTPUT))
                .flatMap(OperatorState::getOperatorName)
                .flatMap(KafkaOperators::topic);
    }

    Optional<OperatorState> operator(String uid) {
        return metadata.getOperatorStates().stream()
                .filter(operator ->
                        operator.getOperatorUid().filter(uid::equals).isPresent())
                .findFirst();
    }

    CheckpointMetadata metadata() {
        return metadata;
    }

    /** The only state backend that can read it, if there is one: savepoints can be read by all. */
    public Optional<StateBackend> backend() {
        KeyedStateHandle handle =
                keyedStates(modules.get(0).operator()).findFirst().orElseThrow();
        if (handle instanceof KeyGroupsSavepointStateHandle) {
            return Optional.empty();
        }
        return Optional.of(handle instanceof KeyGroupsStateHandle ? StateBackend.HASHMAP : StateBackend.ROCKSDB);
    }

    /** Whether records on their way from one operator to the next are stored with it, as in unaligned checkpoints. */
    boolean holdsRecordsOnTheirWay() {
        for (OperatorState operator : metadata.getOperatorStates()) {
            for (OperatorSubtaskState slice : operator.getStates()) {
                if (!slice.getInputChannelState().isEmpty()
                        || !slice.getResultSubpartitionState().isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }
}
