package io.riffle.jobs.state;

import io.riffle.jobs.streaming.StateBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RunnableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.api.common.functions.util.RuntimeUDFContext;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.PrioritizedOperatorSubtaskState;
import org.apache.flink.runtime.state.AbstractKeyedStateBackend;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyedStateBackendParametersImpl;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.SnapshotResult;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.ttl.TtlTimeProvider;
import org.apache.flink.state.api.runtime.SavepointEnvironment;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.operators.StreamOperatorStateHandler;

/**
 * What one operator keeps of each stream, restored by Flink's own state backend, but outside of any job, which would take
 * far longer to start than to read from it.
 */
final class KeyedStore implements AutoCloseable {
    private final CloseableRegistry closeables = new CloseableRegistry();
    private final SavepointEnvironment environment;
    private final AbstractKeyedStateBackend<String> backend;

    private KeyedStore(SavepointEnvironment environment, OperatorState operator, StateBackend form) throws Exception {
        this.environment = environment;
        int keyGroups = operator.getMaxParallelism();
        List<KeyedStateHandle> handles = new ArrayList<>();
        operator.getStates().forEach(slice -> handles.addAll(slice.getManagedKeyedState()));
        KeyedStateBackendParametersImpl<String> parameters = new KeyedStateBackendParametersImpl<>(
                environment,
                environment.getJobID(),
                operator.getOperatorUid().orElse("operator"),
                StringSerializer.INSTANCE,
                keyGroups,
                KeyGroupRange.of(0, keyGroups - 1),
                environment.getTaskKvStateRegistry(),
                TtlTimeProvider.DEFAULT,
                UnregisteredMetricsGroup.createOperatorMetricGroup(),
                handles,
                closeables);
        backend = form == StateBackend.HASHMAP
                ? new HashMapStateBackend().createKeyedStateBackend(parameters)
                : new EmbeddedRocksDBStateBackend()
                        .configure(environment.getTaskConfiguration(), KeyedStore.class.getClassLoader())
                        .createKeyedStateBackend(parameters);
    }

    /** What a state backend asks for of the task in which it is. */
    private static SavepointEnvironment environment(int keyGroups, Path folder) {
        Configuration settings = new Configuration();
        settings.set(CoreOptions.TMP_DIRS, folder.toString());
        settings.set(RocksDBOptions.USE_MANAGED_MEMORY, false); // there is no task manager that would lend some
        ExecutionConfig execution = new ExecutionConfig();
        RuntimeUDFContext context = new RuntimeUDFContext(
                new TaskInfoImpl("riffle state", 1, 0, 1, 0),
                KeyedStore.class.getClassLoader(),
                execution,
                Map.of(),
                Map.of(),
                UnregisteredMetricsGroup.createOperatorMetricGroup());
        PrioritizedOperatorSubtaskState nothing = new PrioritizedOperatorSubtaskState.Builder(
                        OperatorSubtaskState.builder().build(), List.of())
                .build();
        return new SavepointEnvironment.Builder(context, execution, keyGroups)
                .setConfiguration(settings)
                .setPrioritizedOperatorSubtaskState(nothing)
                .build();
    }

    /**
     * Restores all that an operator keeps.
     *
     * @param form the state backend that can read it
     * @param folder for temporary files
     */
    static KeyedStore restore(OperatorState operator, StateBackend form, Path folder) throws Exception {
        SavepointEnvironment environment = environment(operator.getMaxParallelism(), folder);
        try {
            return new KeyedStore(environment, operator, form);
        } catch (Exception failed) {
            environment.getIOManager().close();
            throw failed;
        }
    }

    /** The state of this description, of the stream that is selected at the time. */
    <S extends State> S state(StateDescriptor<S, ?> description) throws Exception {
        return backend.getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, description);
    }

    void select(String stream) {
        backend.setCurrentKey(stream);
    }

    /** The streams that have a value of this description; to be closed. */
    Stream<String> streams(StateDescriptor<?, ?> description) throws Exception {
        state(description);
        return backend.getKeys(description.getName(), VoidNamespace.INSTANCE);
    }

    /** Writes all that is kept now, in the form that every state backend can read. */
    KeyedStateHandle save(CheckpointStreamFactory files, long checkpoint) throws Exception {
        RunnableFuture<SnapshotResult<KeyedStateHandle>> saving = StreamOperatorStateHandler.prepareCanonicalSavepoint(
                        backend, closeables)
                .snapshot(
                        checkpoint,
                        System.currentTimeMillis(),
                        files,
                        CheckpointOptions.forCheckpointWithDefaultLocation());
        saving.run();
        return saving.get().getJobManagerOwnedSnapshot();
    }

    @Override
    public void close() throws IOException {
        try {
            closeables.close();
            backend.dispose();
        } finally {
            try {
                environment.getIOManager().close();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
