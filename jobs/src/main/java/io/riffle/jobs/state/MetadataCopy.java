package io.riffle.jobs.state;

import io.riffle.operators.ModuleStates;
import io.riffle.sim.RiffleException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;
import org.apache.flink.state.api.OperatorIdentifier;

/**
 * A second metadata file beside that of a savepoint, in which some operators have another uid and some are missing. The
 * states themselves are neither copied nor moved: both files speak of the same ones, by paths that begin at their folder.
 *
 * @param uids of the operators that change: the new uid, or nothing for an operator that is left out
 */
record MetadataCopy(Savepoint savepoint, Map<String, Optional<String>> uids) {
    /** Writes it; the same change of the same savepoint always is the same file. */
    String write() {
        try {
            byte[] bytes = bytes();
            CRC32 sum = new CRC32();
            sum.update(bytes);
            Path folder = AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(savepoint.path())
                    .getExclusiveCheckpointDir();
            Path file = new Path(
                    folder, "%s-%08x".formatted(AbstractFsCheckpointStorageAccess.METADATA_FILE_NAME, sum.getValue()));
            FileSystem files = file.getFileSystem();
            try (OutputStream out = files.create(file, WriteMode.OVERWRITE)) {
                out.write(bytes);
            }
            return file.makeQualified(files).toString();
        } catch (IOException failed) {
            throw new RiffleException(
                    "the changed metadata of %s cannot be written beside it: %s"
                            .formatted(savepoint.path(), failed.getMessage()),
                    failed);
        }
    }

    private byte[] bytes() throws IOException {
        CheckpointMetadata metadata = savepoint.metadata();
        List<OperatorState> operators = new ArrayList<>();
        for (OperatorState operator : metadata.getOperatorStates()) {
            Optional<String> uid = operator.getOperatorUid();
            if (uid.isEmpty() || !uids.containsKey(uid.get())) {
                operators.add(operator);
            } else {
                uids.get(uid.get()).ifPresent(changed -> operators.add(withUid(operator, changed)));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Checkpoints.storeCheckpointMetadata(
                new CheckpointMetadata(
                        metadata.getCheckpointId(),
                        operators,
                        metadata.getMasterStates(),
                        metadata.getCheckpointProperties()),
                bytes);
        return bytes.toByteArray();
    }

    private static OperatorState withUid(OperatorState operator, String uid) {
        OperatorState changed =
                operator.copyWithNewIDs(uid, OperatorIdentifier.forUid(uid).getOperatorId());
        ModuleStates.operatorOf(uid).ifPresent(changed::setOperatorName);
        return changed;
    }
}
