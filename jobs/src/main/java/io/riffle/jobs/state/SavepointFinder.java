package io.riffle.jobs.state;

import io.riffle.sim.RiffleException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;

/**
 * Finds the newest savepoint or checkpoint below a folder. One that was never finished has no metadata file, because that
 * is written last.
 */
public final class SavepointFinder {
    private static final String METADATA = AbstractFsCheckpointStorageAccess.METADATA_FILE_NAME;
    private static final Set<String> WITHOUT_SAVEPOINTS = Set.of(
            AbstractFsCheckpointStorageAccess.CHECKPOINT_SHARED_STATE_DIR,
            AbstractFsCheckpointStorageAccess.CHECKPOINT_TASK_OWNED_STATE_DIR);

    /** Folder of all jobs / folder of a job / checkpoint, and one for whoever sorts them. */
    private static final int DEPTH = 3;

    /**
     * What was found.
     *
     * @param passedOver newer ones that cannot be read, one sentence each
     */
    public record Found(Savepoint savepoint, List<String> passedOver) {}

    private final Predicate<Savepoint> wanted;
    private final String kind;

    /**
     * @param wanted which of them count
     * @param kind what these are, for messages: {@code of a job from a to b}
     */
    SavepointFinder(Predicate<Savepoint> wanted, String kind) {
        this.wanted = wanted;
        this.kind = kind;
    }

    /** Takes any. */
    public SavepointFinder() {
        this(any -> true, "");
    }

    /**
     * The savepoint or checkpoint of a path, or the newest one below it that is complete.
     *
     * @param path as a path or URI
     * @throws RiffleException if there is none
     */
    public Found find(String path) {
        List<FileStatus> found = new ArrayList<>();
        try {
            Path place = new Path(path);
            FileSystem files = place.getFileSystem();
            FileStatus status = files.getFileStatus(place);
            if (!status.isDir() || files.exists(new Path(place, METADATA))) {
                return new Found(Savepoint.read(path), List.of());
            }
            gather(files, place, DEPTH, found);
        } catch (UnsupportedFileSystemSchemeException unknown) {
            return new Found(Savepoint.read(path), List.of()); // says that it cannot
        } catch (FileNotFoundException missing) {
            throw new RiffleException(
                    "%s does not exist, expected a savepoint, a checkpoint, or a folder with such".formatted(path));
        } catch (IOException failed) {
            throw new RiffleException("%s cannot be read: %s".formatted(path, failed.getMessage()), failed);
        }
        return newest(path, found);
    }

    private Found newest(String path, List<FileStatus> found) {
        found.sort(Comparator.comparingLong(FileStatus::getModificationTime).reversed());
        List<String> unreadable = new ArrayList<>();
        int others = 0;
        for (FileStatus file : found) {
            try {
                Savepoint savepoint = Savepoint.read(file.getPath().getParent().toString());
                if (wanted.test(savepoint)) {
                    return new Found(savepoint, List.copyOf(unreadable));
                }
                others++;
            } catch (RiffleException broken) {
                unreadable.add(broken.getMessage());
            }
        }
        if (!unreadable.isEmpty()) {
            throw new RiffleException(unreadable.get(0));
        }
        throw new RiffleException("%s holds no complete savepoint or checkpoint%s%s"
                .formatted(path, kind, others == 0 ? "" : ", but %d of others".formatted(others)));
    }

    private static void gather(FileSystem files, Path folder, int depth, List<FileStatus> found) throws IOException {
        FileStatus[] inside = files.listStatus(folder);
        for (FileStatus file : inside == null ? new FileStatus[0] : inside) {
            String name = file.getPath().getName();
            if (!file.isDir()) {
                if (name.equals(METADATA)) {
                    found.add(file);
                }
            } else if (depth > 0 && !WITHOUT_SAVEPOINTS.contains(name)) {
                gather(files, file.getPath(), depth - 1, found);
            }
        }
    }
}
