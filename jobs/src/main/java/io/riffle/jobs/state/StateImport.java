package io.riffle.jobs.state;

import io.riffle.jobs.embedded.TemporaryFolder;
import io.riffle.jobs.streaming.StateBackend;
import io.riffle.operators.ModuleStates;
import io.riffle.operators.SequenceStates;
import io.riffle.operators.StreamState;
import io.riffle.sim.RiffleException;
import io.riffle.sim.network.StateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.StateObjectCollection;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.OperatorStreamStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;
import org.apache.flink.runtime.state.filesystem.FsCheckpointStorageLocation;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;

/**
 * A copy of a savepoint in which some streams have other states, or are new. What the job keeps of all others, and how far
 * it has read its topic, is the same.
 *
 * @param streams by their names, with the values of all modules one after the other
 */
record StateImport(Savepoint savepoint, Map<String, StateFile.StreamState> streams) {

    /** @param newPath the folder of the copy, a URI; it must not exist, or be empty */
    void write(String newPath) {
        if (savepoint.holdsRecordsOnTheirWay()) {
            throw new RiffleException(
                    "%s is an unaligned checkpoint with records on their way, which a copy would lose; expected a savepoint"
                            .formatted(savepoint.path()));
        }
        Path folder = new Path(newPath);
        try (TemporaryFolder temporary = new TemporaryFolder("riffle-state")) {
            FileSystem files = folder.getFileSystem();
            requireEmpty(files, folder);
            files.mkdirs(folder);
            boolean finished = false;
            try {
                copy(files, folder, temporary.path());
                finished = true;
            } finally {
                if (!finished) {
                    files.delete(folder, true);
                }
            }
        } catch (RiffleException wrong) {
            throw wrong;
        } catch (Exception failed) {
            throw new RiffleException(
                    "%s cannot be copied to %s: %s".formatted(savepoint.path(), newPath, failed), failed);
        }
    }

    private static void requireEmpty(FileSystem files, Path folder) throws IOException {
        FileStatus[] inside = files.exists(folder) ? files.listStatus(folder) : null;
        if (inside != null && inside.length > 0) {
            throw new RiffleException("%s is there already, expected the name of a new directory".formatted(folder));
        }
    }

    private void copy(FileSystem files, Path folder, java.nio.file.Path temporary) throws Exception {
        CheckpointMetadata metadata = savepoint.metadata();
        CheckpointStreamFactory location = new FsCheckpointStorageLocation(
                files,
                folder,
                folder,
                folder,
                AbstractFsCheckpointStorageAccess.encodePathAsReference(folder),
                (int) CheckpointingOptions.FS_SMALL_FILE_THRESHOLD
                        .defaultValue()
                        .getBytes(),
                CheckpointingOptions.FS_WRITE_BUFFER_SIZE.defaultValue());
        List<OperatorState> operators = new ArrayList<>();
        for (OperatorState operator : metadata.getOperatorStates()) {
            boolean keyed = operator.getStates().stream()
                    .anyMatch(slice -> !slice.getManagedKeyedState().isEmpty());
            operators.add(keyed ? changed(operator, location, temporary) : inlined(operator));
        }
        try (OutputStream out = files.create(
                new Path(folder, AbstractFsCheckpointStorageAccess.METADATA_FILE_NAME),
                FileSystem.WriteMode.NO_OVERWRITE)) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(
                            metadata.getCheckpointId(),
                            operators,
                            metadata.getMasterStates(),
                            metadata.getCheckpointProperties()),
                    out);
        }
    }

    /** An operator with keyed state, which is written anew with what changes in it. */
    private OperatorState changed(
            OperatorState operator, CheckpointStreamFactory location, java.nio.file.Path temporary) throws Exception {
        for (OperatorSubtaskState slice : operator.getStates()) {
            if (!slice.getManagedOperatorState().isEmpty()
                    || !slice.getRawOperatorState().isEmpty()
                    || !slice.getRawKeyedState().isEmpty()) {
                throw new RiffleException("%s: operator %s keeps more than the state of streams, which cannot be copied"
                        .formatted(savepoint.path(), operator.getOperatorName().orElse("?")));
            }
        }
        try (KeyedStore store =
                KeyedStore.restore(operator, savepoint.backend().orElse(StateBackend.HASHMAP), temporary)) {
            put(operator.getOperatorUid().orElse(""), store);
            // in one slice, which Flink cuts again for as many as the job has
            OperatorState changed = new OperatorState(
                    operator.getOperatorName().orElse(null),
                    operator.getOperatorUid().orElse(null),
                    operator.getOperatorID(),
                    1,
                    operator.getMaxParallelism());
            changed.putState(
                    0,
                    OperatorSubtaskState.builder()
                            .setManagedKeyedState(
                                    store.save(location, savepoint.metadata().getCheckpointId()))
                            .build());
            return changed;
        }
    }

    private void put(String uid, KeyedStore store) throws Exception {
        if (uid.equals(SequenceStates.UID)) {
            SequencePlaces places = new SequencePlaces(store);
            for (Map.Entry<String, StateFile.StreamState> stream : streams.entrySet()) {
                places.put(stream.getKey(), stream.getValue().nextStep());
            }
        }
        Optional<String> module = ModuleStates.operatorOf(uid);
        if (module.isPresent()) {
            putModule(module.get(), store);
        }
    }

    private void putModule(String name, KeyedStore store) throws Exception {
        int from = 0;
        for (StoredModule module : savepoint.modules()) {
            int to = from + module.layout().count();
            if (module.name().equals(name)) {
                ValueState<StreamState> states = store.state(ModuleStates.descriptor(module.layout()));
                for (Map.Entry<String, StateFile.StreamState> stream : streams.entrySet()) {
                    StateFile.StreamState given = stream.getValue();
                    store.select(stream.getKey());
                    states.update(new StreamState(given.nextStep(), Arrays.copyOfRange(given.values(), from, to)));
                }
            }
            from = to;
        }
    }

    /** An operator without keyed state: what it keeps is small and goes into the metadata. */
    private static OperatorState inlined(OperatorState operator) throws IOException {
        if (operator.isFullyFinished()) {
            return operator;
        }
        OperatorState copy = new OperatorState(
                operator.getOperatorName().orElse(null),
                operator.getOperatorUid().orElse(null),
                operator.getOperatorID(),
                operator.getParallelism(),
                operator.getMaxParallelism());
        copy.setCoordinatorState(operator.getCoordinatorState());
        for (Map.Entry<Integer, OperatorSubtaskState> slice :
                operator.getSubtaskStates().entrySet()) {
            OperatorSubtaskState state = slice.getValue();
            copy.putState(
                    slice.getKey(),
                    state.isFinished()
                            ? state
                            : state.toBuilder()
                                    .setManagedOperatorState(inlined(state.getManagedOperatorState()))
                                    .setRawOperatorState(inlined(state.getRawOperatorState()))
                                    .build());
        }
        return copy;
    }

    private static StateObjectCollection<OperatorStateHandle> inlined(
            StateObjectCollection<OperatorStateHandle> handles) throws IOException {
        List<OperatorStateHandle> copies = new ArrayList<>();
        for (OperatorStateHandle handle : handles) {
            StreamStateHandle file = handle.getDelegateStateHandle();
            try (InputStream in = file.openInputStream()) {
                copies.add(new OperatorStreamStateHandle(
                        handle.getStateNameToPartitionOffsets(),
                        new ByteStreamStateHandle(file.getStreamStateHandleID().toString(), in.readAllBytes())));
            }
        }
        return new StateObjectCollection<>(copies);
    }
}
