package io.riffle.jobs.streaming;

/** Where the states of the streams are while the job runs. */
public enum StateBackend {
    /** As objects on the heap: fast, as many streams as fit into memory. */
    HASHMAP("hashmap"),
    /** In files of the task managers' disks, checkpointed by what has changed. */
    ROCKSDB("rocksdb");

    private final String text;

    StateBackend(String text) {
        this.text = text;
    }

    /** As it is written on the command line, and as Flink calls it. */
    @Override
    public String toString() {
        return text;
    }
}
